package io.testmesh.engine.expression;

import org.jspecify.annotations.Nullable;

/** One evaluation: what it can see, its local variables, what it has used up. */
final class Evaluation {
  /** Stands for null among the noted values, where null means that nothing was noted. */
  static final Object NULL = new Object();

  /** What the rest of a chain gives after {@code ?.} met null. */
  static final Object STOP = new Object();

  private static final long MOST_STEPS = 200_000_000;
  private static final long MOST_ITEMS = 5_000_000;
  private static final long MOST_CHARACTERS = 64L << 20;
  private static final long LONGEST_NANOS = 1_500_000_000L;
  private static final int STEPS_BETWEEN_LOOKS = 2048;

  final Environment environment;
  final @Nullable Object @Nullable [] noted;
  final @Nullable Object[] locals;
  private final String source;
  private long steps;
  private long nextLook = STEPS_BETWEEN_LOOKS;
  private long started;
  private long items;
  private long characters;

  Evaluation(
      Environment environment,
      String source,
      @Nullable Object[] locals,
      @Nullable Object @Nullable [] noted) {
    this.environment = environment;
    this.source = source;
    this.locals = locals;
    this.noted = noted;
  }

  /** The part as it was written. */
  String text(Node node) {
    return source.substring(node.start, node.end);
  }

  /** Counts work that grows with the data. */
  void step(Node at, long count) throws ExpressionException {
    steps += count;
    if (steps >= nextLook) {
      look(at);
    }
  }

  private void look(Node at) throws ExpressionException {
    nextLook = steps + STEPS_BETWEEN_LOOKS;
    long now = System.nanoTime();
    if (started == 0) {
      started = now;
    }
    if (steps > MOST_STEPS || now - started > LONGEST_NANOS) {
      throw at.failure("the expression takes too long; evaluation was stopped");
    }
  }

  /** Counts items of lists and maps that the expression makes. */
  void items(Node at, long count) throws ExpressionException {
    items += count;
    if (items > MOST_ITEMS) {
      throw at.failure("the expression makes lists of more than " + MOST_ITEMS + " items");
    }
    step(at, count);
  }

  /** Counts characters of texts that the expression makes. */
  void characters(Node at, long count) throws ExpressionException {
    characters += count;
    if (characters > MOST_CHARACTERS) {
      throw at.failure(
          "the expression makes texts of more than " + MOST_CHARACTERS + " characters");
    }
    step(at, 1 + count / 64);
  }
}
