package io.testmesh.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what one step did, with its call and its answer. */
final class StepText {
  /** How much of a body or of a value is shown. */
  static final int LONGEST = 4000;

  private StepText() {}

  static String write(StepResult step) {
    StringBuilder to = new StringBuilder();
    to.append("  ").append(step.status().key()).append("  ");
    call(to, step);
    if (step.skipReason().isPresent()) {
      to.append("  (");
      PlainText.line(to, step.skipReason().get());
      return to.append(")\n").toString();
    }
    to.append("  ");
    PlainText.duration(to, step.duration());
    to.append(step.isTolerated() ? "  (tolerated)\n" : "\n");
    if (!step.config().isEmpty()) {
      named(to, "config", step.config());
    }
    step.failure().ifPresent(failure -> message(to, failure));
    step.summary().ifPresent(summary -> answer(to, summary, "    "));
    for (Map.Entry<String, @Nullable Object> output : step.outputs().entrySet()) {
      to.append("    ");
      value(to, output.getKey(), output.getKey().length(), output.getValue());
    }
    return to.toString();
  }

  /** Writes id, action and target. */
  static void call(StringBuilder to, StepResult step) {
    to.append(step.id()).append("  ").append(step.action());
    String target = step.summary().orElse(ActionSummary.NONE).target();
    if (!target.isEmpty()) {
      to.append(' ');
      PlainText.line(to, target);
    }
  }

  /** Writes what came back. */
  static void answer(StringBuilder to, ActionSummary summary, String indent) {
    if (summary.headline() != null) {
      to.append(indent);
      PlainText.line(to, summary.headline());
      to.append('\n');
    }
    if (summary.text() != null) {
      PlainText.block(to, indent + "  ", summary.text(), LONGEST);
    }
  }

  /** Writes {@code name = value (type)}. */
  static void value(StringBuilder to, String name, int width, @Nullable Object value) {
    int start = to.length();
    PlainText.line(to, name);
    // One blank less where nothing has to be aligned.
    for (int i = to.length() - start; i < width; i++) {
      to.append(' ');
    }
    to.append(" = ");
    ValueText.render(to, value, LONGEST);
    if (value != null) {
      to.append(" (").append(ValueText.type(value)).append(')');
    }
    to.append('\n');
  }

  private static void named(StringBuilder to, String name, Object value) {
    to.append("    ").append(name).append(": ");
    ValueText.render(to, value, LONGEST);
    to.append('\n');
  }

  private static void message(StringBuilder to, Failure failure) {
    to.append("    ").append(failure.code()).append(": ");
    PlainText.line(to, PlainText.firstLine(failure.message()));
    to.append('\n');
    PlainText.otherLines(to, "      ", failure.message(), LONGEST);
  }
}
