package io.testmesh.engine.run;

import io.testmesh.action.ActionException;
import io.testmesh.engine.check.CheckedStep;
import io.testmesh.engine.check.ConfigException;
import io.testmesh.engine.check.Places;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.scope.Recording;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.value.Durations;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes failures: the one place where an exception becomes code, message, place and hint. */
final class Failures {
  private final Masking masking;

  Failures(Masking masking) {
    this.masking = masking;
  }

  /** An action said that it failed. */
  Failure of(ActionException e, CheckedStep step) {
    String message = words(e);
    SourceTree value = step.config().place(e.place());
    SourceSpan span = value == null ? SourceSpan.NONE : value.value();
    ActionException.Mark mark = e.mark().orElse(null);
    if (mark != null) {
      if (value != null && isWritten(mark.text(), step.config().written(e.place()))) {
        span = value.within(mark.index(), mark.index() + 1);
      } else {
        message += "\n" + MarkedText.at(mark.text(), mark.index());
      }
    }
    Failure.Builder failure =
        at(e.code(), message, step).hint(masking.maskOptional(e.hint().orElse(null)));
    if (value != null && span.isKnown()) {
      failure.span(span).excerpt(masking.maskLines(value.excerpt(span)));
    }
    for (Map.Entry<String, @Nullable Object> detail : e.details().entrySet()) {
      failure.detail(detail.getKey(), detail(detail.getValue()));
    }
    return failure.build();
  }

  /** A block of YAML ends with a line break that nobody may have sent. */
  private static boolean isWritten(String text, @Nullable Object written) {
    return written instanceof String value && value.stripTrailing().equals(text.stripTrailing());
  }

  /** A value as the details of a failure hold it. */
  @Nullable Object detail(@Nullable Object value) {
    return new Recording(masking).keep(JsonValues.copy(value));
  }

  /** What was thrown, in its own words. */
  static String words(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  /** The stack trace of what was thrown. */
  static String trace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** An action threw what it should not. */
  Failure unexpected(Throwable e, CheckedStep step) {
    String message =
        "the action "
            + step.step().action()
            + " broke: "
            + e.getClass().getSimpleName()
            + (e.getMessage() == null ? "" : ": " + e.getMessage());
    return at("action_failed", message, step)
        .hint("this is an error in the action, not in the flow; its stack trace is in the report")
        .stackTrace(masking.mask(trace(e)))
        .build();
  }

  /** A placeholder had no value. */
  Failure of(TemplateException e, CheckedStep step) {
    int start = TextTemplate.expressionStart(e.text(), e.error().start());
    return expression(e.error(), e.source(), start, step);
  }

  /** A value that placeholders gave did not fit. */
  Failure of(ConfigException e, CheckedStep step) {
    SourceSpan span = e.place().value();
    return Failure.builder(e.code(), masking.mask(words(e)))
        .step(step.id())
        .span(span.isKnown() ? span : step.span())
        .hint(masking.maskOptional(e.hint()))
        .excerpt(masking.maskLines(e.place().excerpt(span)))
        .build();
  }

  /** An expression had no value. */
  Failure of(ExpressionException e, SourceTree source, CheckedStep step) {
    return expression(e, source, 0, step);
  }

  private Failure expression(
      ExpressionException e, SourceTree source, int start, CheckedStep step) {
    Places.Place place = Places.of(e, source, start);
    return Failure.builder(e.code(), masking.mask(words(e)))
        .step(step.id())
        .span(place.span().isKnown() ? place.span() : step.span())
        .hint(masking.maskOptional(e.hint()))
        .excerpt(masking.maskLines(place.excerpt()))
        .build();
  }

  /** The time was up. */
  Failure timeout(Limit limit, CheckedStep step) {
    return at(
            "timeout",
            "not done when "
                + limit.owner().words()
                + " of "
                + Durations.render(limit.length())
                + " was over",
            step)
        .detail("timeout_ms", limit.length().toMillis())
        .build();
  }

  /** The run was cancelled. */
  Failure cancelled(String reason, CheckedStep step) {
    return at("cancelled", reason, step).build();
  }

  /** A failure at the step itself. */
  Failure.Builder at(String code, String message, CheckedStep step) {
    SourceSpan span = step.span();
    return Failure.builder(code, masking.mask(message))
        .step(step.id())
        .span(span)
        .excerpt(masking.maskLines(step.step().source().excerpt(span)));
  }
}
