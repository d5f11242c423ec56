package io.testmesh.engine.template;

import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.flow.SourceTree;

/** A placeholder that cannot be parsed or filled in, with the text that it stands in. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ExpressionException error;
  private final String text;
  private final transient SourceTree source;

  TemplateException(ExpressionException error, String text, SourceTree source) {
    super(error.getMessage(), error, false, false);
    this.error = error;
    this.text = text;
    this.source = source;
  }

  /** What is wrong; its offsets count in the text. */
  public ExpressionException error() {
    return error;
  }

  /** The text with the placeholder. */
  public String text() {
    return text;
  }

  /** The text's place. */
  public SourceTree source() {
    return source;
  }
}
