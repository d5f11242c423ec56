package io.testmesh.result;

import io.testmesh.flow.Phase;
import io.testmesh.flow.SourceSpan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the diagnosis of one flow. */
final class FlowText {
  private static final int MOST_STEPS = 10;
  private static final int MOST_ATTEMPTS = 5;

  private final FlowResult flow;
  private final List<Culprits.Culprit> culprits;
  private final StringBuilder to = new StringBuilder();

  FlowText(FlowResult flow) {
    this.flow = flow;
    this.culprits = Culprits.of(flow.steps());
  }

  String write() {
    heading();
    if (flow.failure().isPresent() && !isOfStep(flow.failure().get())) {
      Failure failure = flow.failure().get();
      if (failure.step().isPresent()) {
        to.append("  step ").append(failure.step().get()).append('\n');
      }
      failure(failure);
    }
    int shown = Math.min(culprits.size(), MOST_STEPS);
    for (int i = 0; i < shown; i++) {
      if (i > 0) {
        to.append('\n');
      }
      step(culprits.get(i).step(), culprits.get(i).rounds());
    }
    if (culprits.size() > shown) {
      to.append("\n  … ").append(culprits.size() - shown).append(" failed steps more\n");
    }
    return to.toString();
  }

  private boolean isOfStep(Failure failure) {
    for (Culprits.Culprit culprit : culprits) {
      Optional<Failure> own = culprit.step().failure();
      if (own.isPresent() && Culprits.isSame(own.get(), failure)) {
        return true;
      }
    }
    return false;
  }

  private void heading() {
    to.append(flow.status().key().toUpperCase(Locale.ROOT)).append("  ");
    PlainText.line(to, flow.name());
    String file = flow.file();
    int line = flow.line();
    if (!culprits.isEmpty() && culprits.get(0).step().span().isKnown()) {
      file = culprits.get(0).step().span().file();
      line = culprits.get(0).step().span().line();
    }
    if (!file.isEmpty()) {
      to.append("  (");
      PlainText.line(to, file);
      if (line > 0) {
        to.append(':').append(line);
      }
      to.append(')');
    }
    to.append("  ");
    PlainText.duration(to, flow.duration());
    to.append('\n');
    if (flow.row().isPresent()) {
      to.append("  row ");
      ValueText.render(to, flow.row().get(), StepText.LONGEST);
      to.append('\n');
    }
  }

  private void step(StepResult step, List<Culprits.Round> rounds) {
    to.append(step.phase() == Phase.STEPS ? "  step " : "  " + step.phase().key() + " step ");
    StepText.call(to, step);
    attempts(step);
    for (Culprits.Round round : rounds) {
      round(round);
    }
    boolean explained = false;
    for (AssertionResult assertion : step.assertions()) {
      if (!assertion.passed()) {
        assertion(assertion);
        explained = true;
      }
    }
    if (step.failure().isPresent()
        && (!explained || !step.failure().get().code().equals("assertion_failed"))) {
      failure(step.failure().get(), explained ? step : null);
    }
    if (step.failure().isPresent()) {
      for (Failure other : step.failure().get().others()) {
        failure(other);
      }
    }
    ActionSummary summary = step.summary().orElse(ActionSummary.NONE);
    if (summary.headline() != null || summary.text() != null) {
      to.append('\n');
      StepText.answer(to, summary, "  ");
    }
  }

  /** Writes which round of a loop it was, and the item of that round. */
  private void round(Culprits.Round round) {
    to.append("  in ").append(round.loop().id()).append(", index ").append(round.index());
    if (round.loop().result().get("results") instanceof List<?> results) {
      for (Object result : results) {
        if (result instanceof Map<?, ?> map
            && map.get("index") instanceof Long index
            && index == round.index()) {
          to.append(", item ");
          ValueText.render(to, map.get("item"), StepText.LONGEST);
        }
      }
    }
    to.append('\n');
  }

  private void attempts(StepResult step) {
    List<AttemptResult> attempts = step.attempts();
    int count = attempts.size();
    if (count > 1) {
      to.append("  attempt ").append(count).append(" of ").append(count);
    }
    to.append('\n');
    String last = message(step.failure().orElse(null));
    int shown = 0;
    for (int i = 0; i < count - 1 && shown < MOST_ATTEMPTS; i++) {
      String message = message(attempts.get(i).cause());
      // Ten times the same refusal says no more than the last one does.
      if (!message.isEmpty() && !message.equals(last)) {
        to.append("  attempt ").append(attempts.get(i).number()).append(": ");
        PlainText.line(to, PlainText.firstLine(message));
        to.append('\n');
        shown++;
        last = message;
      }
    }
  }

  private static String message(@Nullable Failure failure) {
    return failure == null ? "" : failure.message();
  }

  private void assertion(AssertionResult assertion) {
    StringBuilder head = new StringBuilder();
    switch (assertion.kind()) {
      case ALL -> {}
      case ANY -> head.append("none of \"assert_any\" holds");
      case NONE -> head.append("this must not hold");
    }
    add(head, ": ", assertion.message());
    add(head, ": ", assertion.problem());
    add(head, "; ", assertion.hint());
    if (assertion.excerpt().isEmpty()) {
      add(head, ": ", assertion.kind().key() + " " + assertion.expression());
    }
    place(assertion.span(), head.toString(), assertion.excerpt());
    int width = 0;
    for (ObservedValue value : assertion.values()) {
      width = Math.max(width, value.expression().length() + 2);
    }
    for (ObservedValue value : assertion.values()) {
      to.append("  ");
      StepText.value(to, value.expression(), width, value.value());
    }
    for (String line : assertion.difference()) {
      to.append("  ");
      PlainText.line(to, line);
      to.append('\n');
    }
  }

  private static void add(StringBuilder head, String separator, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      head.append(head.length() > 0 ? separator : "").append(text);
    }
  }

  private void failure(Failure failure) {
    failure(failure, null);
  }

  /** Writes a failure, unless an assertion of the step has said the same already. */
  private void failure(Failure failure, @Nullable StepResult explained) {
    if (explained != null) {
      for (AssertionResult assertion : explained.assertions()) {
        if (!assertion.passed() && assertion.span().equals(failure.span())) {
          return;
        }
      }
    }
    place(failure.span(), failure.explanation(), failure.excerpt());
  }

  /** Writes the place, the first line of a text beside it, its other lines and the source below. */
  private void place(SourceSpan span, String text, List<String> excerpt) {
    String head = PlainText.firstLine(text);
    to.append("\n  ");
    if (span.isKnown()) {
      PlainText.line(to, span.toString());
      to.append(head.isEmpty() ? "" : " ");
    }
    PlainText.line(to, head);
    to.append('\n');
    PlainText.otherLines(to, "      ", text, StepText.LONGEST);
    Diagnosis.excerpt(to, excerpt);
  }
}
