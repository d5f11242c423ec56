package io.testmesh.server;

import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.Selection;
import io.testmesh.flow.Flow;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks and runs flows: their text, or files below the one folder that is allowed. */
final class FlowRoutes {
  /** The largest flow file has 5 MB; in JSON its line breaks take two characters. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private final FlowTools tools;
  private final Executions executions;
  private final EventStreams streams = new EventStreams();
  private final @Nullable Path folder;

  FlowRoutes(FlowTools tools, Executions executions, @Nullable Path folder) {
    this.tools = tools;
    this.executions = executions;
    this.folder = folder;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/flows/validate", this::validate),
        Route.of("GET", "/flows/schema", request -> Answer.json(200, tools.schema())),
        Route.of("POST", "/executions", this::start),
        Route.of("GET", "/executions", request -> list()),
        Route.of("GET", "/executions/{id}", request -> one(request.part("id"))),
        Route.of("DELETE", "/executions/{id}", request -> cancel(request.part("id"))),
        Route.of("GET", "/executions/{id}/events", this::events));
  }

  private Answer validate(Request request) throws IOException, RequestException {
    Wanted wanted = wanted(request);
    List<Map<String, @Nullable Object>> flows = new ArrayList<>();
    for (Flow flow : wanted.flows().flows()) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      record.put("name", flow.name());
      record.put("file", flow.source().key().file());
      record.put("line", flow.source().key().line());
      record.put("tags", flow.tags());
      flows.add(record);
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("valid", !ProblemJson.hasError(wanted.problems()));
    answer.put("problems", ProblemJson.of(wanted.problems()));
    answer.put("flows", flows);
    return Answer.json(200, answer);
  }

  private Answer start(Request request) throws IOException, RequestException {
    Wanted wanted = wanted(request);
    if (ProblemJson.hasError(wanted.problems())) {
      throw new RequestException(
              422, "INVALID_FLOW", "nothing was run: " + first(wanted.problems()), null)
          .field("problems", ProblemJson.of(wanted.problems()));
    }
    if (wanted.flows().flows().isEmpty()) {
      throw new RequestException(422, "NOTHING_SELECTED", "there is no flow to run", null)
          .field("notes", wanted.flows().notes());
    }
    Execution execution = executions.start(wanted.flows(), wanted.variables());
    return Answer.json(
        202, Map.of("Location", "/api/v1/executions/" + execution.id()), execution.summary());
  }

  private static String first(List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return problem.toString();
      }
    }
    return "";
  }

  private Answer list() {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Execution execution : executions.list()) {
      list.add(execution.summary());
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("executions", list);
    answer.put("total", list.size());
    return Answer.json(200, answer);
  }

  private Answer one(String id) throws RequestException {
    return Answer.json(200, executions.require(id).record(tools.json()));
  }

  private Answer cancel(String id) throws RequestException {
    Execution execution = executions.require(id);
    return Answer.json(execution.cancel() ? 202 : 200, execution.summary());
  }

  /** A reader that lost its connection says which event was its last. */
  private Answer events(Request request) throws RequestException {
    EventLog log = executions.require(request.part("id")).events();
    List<String> last = request.exchange().headers("Last-Event-ID");
    long after = 0;
    if (!last.isEmpty()) {
      try {
        after = Long.parseLong(last.get(0).strip());
      } catch (NumberFormatException e) {
        throw RequestException.malformed(
            "Last-Event-ID wants a number, not \"" + last.get(0) + "\"", null);
      }
      if (log.isOver(after)) {
        // Tells a browser not to come back.
        return exchange -> exchange.send(204, Map.of("Cache-Control", "no-store"), new byte[0]);
      }
    }
    return streams.of(log, after);
  }

  private record Wanted(
      FlowSet flows, Map<String, @Nullable Object> variables, List<Problem> problems) {}

  private Wanted wanted(Request request) throws IOException, RequestException {
    JsonBody body = request.json(MOST_BYTES).knows("flow", "name", "path", "tags", "variables");
    Map<String, @Nullable Object> variables = body.map("variables");
    FlowSet flows;
    if (body.has("flow") == body.has("path")) {
      throw body.at("", "one of \"flow\" (its text) and \"path\" has to be given", null);
    } else if (body.has("flow")) {
      String name = body.text("name");
      flows = tools.parse(name == null ? "flow.yaml" : name, body.requiredText("flow"));
    } else {
      flows = tools.select(selection(body, variables));
    }
    return new Wanted(flows, variables, tools.check(flows, variables));
  }

  private Selection selection(JsonBody body, Map<String, @Nullable Object> variables)
      throws IOException, RequestException {
    Selection.Builder selection = Selection.of(List.of(allowed(body).toString())).given(variables);
    String tags = body.text("tags");
    if (tags != null) {
      selection.tags(tags);
    }
    return selection.build();
  }

  /** The file or folder of a request; links are followed before it is looked where it lies. */
  private Path allowed(JsonBody body) throws IOException, RequestException {
    String written = body.requiredText("path");
    Supplier<RequestException> outside =
        () ->
            new RequestException(
                403,
                "PATH_NOT_ALLOWED",
                "\"" + written + "\" is not below the folder of flows",
                null);
    if (folder == null) {
      throw new RequestException(
          403,
          "PATH_NOT_ALLOWED",
          "this server reads no flows from files",
          "start it with --flows DIR, or send the text as \"flow\"");
    }
    try {
      Path root = folder.toRealPath();
      Path path = root.resolve(written).normalize();
      // Nobody is told what there is elsewhere.
      if (!path.startsWith(root)) {
        throw outside.get();
      }
      Path real = path.toRealPath();
      if (!real.startsWith(root)) {
        throw outside.get();
      }
      return real;
    } catch (NoSuchFileException e) {
      throw RequestException.notFound("there is no file \"" + written + "\"", null);
    } catch (InvalidPathException e) {
      throw body.at("path", "\"path\" is no path: " + e.getReason(), null);
    }
  }
}
