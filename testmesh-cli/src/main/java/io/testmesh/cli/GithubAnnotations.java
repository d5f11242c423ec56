package io.testmesh.cli;

import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines from which GitHub Actions makes notes beside the lines of files (GitHub Docs, "Workflow
 * commands for GitHub Actions").
 */
final class GithubAnnotations {
  private final StringBuilder to = new StringBuilder();
  private final @Nullable Path workspace;

  private GithubAnnotations(Map<String, String> environment) {
    String folder = environment.get("GITHUB_WORKSPACE");
    workspace = folder == null || folder.isEmpty() ? null : Path.of(folder);
  }

  /** A line for each problem and each flow that did not pass; empty outside GitHub Actions. */
  static String of(RunResult result, Map<String, String> environment) {
    if (!"true".equals(environment.get("GITHUB_ACTIONS"))) {
      return "";
    }
    GithubAnnotations annotations = new GithubAnnotations(environment);
    for (Problem problem : result.problems()) {
      annotations.add(problem);
    }
    for (FlowResult flow : result.flows()) {
      if (flow.status() != Status.PASSED && flow.status() != Status.SKIPPED) {
        annotations.add(flow);
      }
    }
    return annotations.to.toString();
  }

  private void add(Problem problem) {
    String message = problem.message() + (problem.hint() == null ? "" : "; " + problem.hint());
    add(problem.isError() ? "error" : "warning", problem.span(), problem.code(), message);
  }

  private void add(FlowResult flow) {
    Failure failure = flow.failure().orElse(null);
    SourceSpan whole = new SourceSpan(flow.file(), flow.line(), 0, flow.line(), 0);
    if (failure == null) {
      add("error", whole, flow.name(), flow.status().key());
      return;
    }
    String step = failure.step().isPresent() ? "step " + failure.step().get() + ": " : "";
    SourceSpan place = failure.span().isKnown() ? failure.span() : whole;
    add("error", place, flow.name(), step + failure.explanation());
  }

  private void add(String command, SourceSpan place, String title, String message) {
    to.append("::").append(command).append(' ');
    // Standard input is no file that GitHub could show.
    if (!place.file().isEmpty() && !place.file().equals("-")) {
      property("file", inRepository(place.file()));
      if (place.isKnown()) {
        property("line", Integer.toString(place.line()));
      }
      if (place.column() > 0) {
        property("col", Integer.toString(place.column()));
      }
    }
    property("title", title);
    // The last comma.
    to.setLength(to.length() - 1);
    to.append("::");
    escape(message, false);
    to.append('\n');
  }

  /** GitHub wants names from the root of the repository; ours are from the working directory. */
  private String inRepository(String file) {
    if (workspace == null) {
      return file;
    }
    Path path = Path.of(file).toAbsolutePath().normalize();
    return path.startsWith(workspace)
        ? workspace.relativize(path).toString().replace('\\', '/')
        : file;
  }

  private void property(String name, String value) {
    to.append(name).append('=');
    escape(value, true);
    to.append(',');
  }

  private void escape(String text, boolean inProperty) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        to.append("%25");
      } else if (c == '\r') {
        to.append("%0D");
      } else if (c == '\n') {
        to.append("%0A");
      } else if (inProperty && c == ':') {
        to.append("%3A");
      } else if (inProperty && c == ',') {
        to.append("%2C");
      } else if (c < ' ' && c != '\t' || c == 0x7f) {
        // A log must not obey what a value says.
        to.append('\uFFFD');
      } else {
        to.append(c);
      }
    }
  }
}
