package io.testmesh.engine.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A parsed expression. Immutable and safe for use by several threads. */
public final class Expression {
  private static final @Nullable Object[] NO_LOCALS = {};
  private static final int LONGEST = 1_000_000;
  private static final int MOST_STEP_IDS = 20;

  private final String text;
  private final String source;
  private final int from;
  private final int to;
  private final boolean placeholder;
  private final Program program;

  /** The names with dashes that may be step ids; what they are is known at run time only. */
  private final List<String> candidates;

  private final Map<Set<String>, Program> variants;

  /** The name that the whole expression is, or null: most placeholders are no more. */
  private final @Nullable String onlyName;

  private Expression(String text, int from, int to, boolean placeholder)
      throws ExpressionException {
    this.text = text;
    this.source = text.substring(from, to);
    this.from = from;
    this.to = to;
    Set<String> found = new HashSet<>();
    this.program = parse(found, placeholder);
    this.candidates = List.copyOf(found);
    this.variants = candidates.isEmpty() ? Map.of() : new ConcurrentHashMap<>();
    this.onlyName = candidates.isEmpty() ? nameOf(program.root) : null;
    this.placeholder = placeholder;
  }

  /**
   * Parses an expression.
   *
   * @throws ExpressionException code {@code expression_syntax} or {@code unknown_function}
   */
  public static Expression parse(String source) throws ExpressionException {
    if (source.length() > LONGEST) {
      throw Lexer.syntax("the expression is longer than " + LONGEST + " characters", 0, 1);
    }
    return new Expression(source, 0, source.length(), false);
  }

  private static @Nullable String nameOf(Node root) {
    Node node = root instanceof Control.Hole hole ? hole.inner : root;
    return node instanceof Names.Name name ? name.name : null;
  }

  /** Parses the placeholder of a text; places count from the beginning of the text. */
  static Expression parse(String text, Placeholder placeholder) throws ExpressionException {
    return new Expression(text, placeholder.open(), placeholder.close(), true);
  }

  /**
   * Parses with no step ids first. Where that fails because a dash makes no sense as a minus, the
   * names with dashes are taken for step ids: {@code step-1.x}.
   */
  private Program parse(Set<String> found, boolean placeholder) throws ExpressionException {
    ExpressionException first = null;
    Set<String> stepIds = Set.of();
    while (true) {
      ParseState state = new ParseState(text, stepIds);
      try {
        Program parsed = program(state, placeholder);
        found.addAll(state.candidates);
        return parsed;
      } catch (ExpressionException e) {
        first = first == null ? e : first;
        found.addAll(state.candidates);
        if (found.size() == stepIds.size() || found.size() > MOST_STEP_IDS) {
          throw first;
        }
        stepIds = Set.copyOf(found);
      }
    }
  }

  private Program program(ParseState state, boolean placeholder) throws ExpressionException {
    Node root =
        placeholder
            ? OperandParser.content(state, Placeholder.scan(text, from, to))
            : new Parser(state, from, to).whole();
    return Program.of(root, state);
  }

  /** What {@code &&} joins, each parsed by itself; this alone when it joins nothing. */
  public List<Expression> conjuncts() {
    if (!(program.root instanceof Conditions.Junction junction) || !junction.isAll()) {
      return List.of(this);
    }
    List<Expression> parts = new ArrayList<>();
    for (Node operand : junction.children()) {
      try {
        parts.add(new Expression(text, operand.start, operand.end, false));
      } catch (ExpressionException e) {
        // A part that means nothing without the others.
        return List.of(this);
      }
    }
    return parts;
  }

  /** The expression as it was written. */
  public String source() {
    return source;
  }

  /**
   * The value: JSON-like, or a time, duration, time zone or bytes of {@code java.time} and byte[],
   * or a map with keys that are no texts; see {@link ValueTypes}.
   */
  public @Nullable Object evaluate(Environment environment) throws ExpressionException {
    if (onlyName != null) {
      Object value = environment.find(onlyName);
      if (value != Environment.ABSENT && !(value instanceof Members)) {
        return value;
      }
    }
    return run(variant(environment), environment, null);
  }

  /**
   * The value, while what the parts were is noted; the observations are filled as far as evaluation
   * came also when this throws.
   */
  public @Nullable Object evaluate(Environment environment, Observations observations)
      throws ExpressionException {
    Program chosen = variant(environment);
    return run(chosen, environment, observations.start(chosen, text));
  }

  private @Nullable Object run(
      Program chosen, Environment environment, @Nullable Object @Nullable [] noted)
      throws ExpressionException {
    for (String function : chosen.functions) {
      if (environment.find(function) != Environment.ABSENT) {
        throw new ExpressionException(
            ExpressionException.FAILED,
            "\"" + function + "\" is a variable here, it cannot be called",
            "::" + function + "(…) is the function",
            from,
            to,
            false);
      }
    }
    @Nullable Object[] locals =
        chosen.locals == 0 ? NO_LOCALS : new @Nullable Object[chosen.locals];
    Evaluation evaluation = new Evaluation(environment, text, locals, noted);
    Object value;
    try {
      value = chosen.root.value(evaluation);
      if (chosen.locals > 0) {
        Depth.check(chosen.root, value);
      }
    } catch (StackOverflowError tooDeep) {
      throw chosen.root.failure("the values are nested too deep");
    }
    if (value instanceof Members members) {
      throw chosen.root.failure(
          source + " is a group of names, not a value",
          "it has " + String.join(", ", new ArrayList<>(members.names())));
    }
    return value;
  }

  private Program variant(Environment environment) throws ExpressionException {
    return candidates.isEmpty() ? program : variant(environment::isStepId);
  }

  private Program variant(Predicate<String> isStepId) throws ExpressionException {
    Set<String> stepIds = new HashSet<>();
    for (String name : candidates) {
      if (isStepId.test(name)) {
        stepIds.add(name);
      }
    }
    Program known = variants.get(stepIds);
    if (known == null) {
      known = program(new ParseState(text, stepIds), placeholder);
      variants.put(Set.copyOf(stepIds), known);
    }
    return known;
  }

  /**
   * The names that the expression reads from its environment, in the order of the source; a name
   * with dashes is taken for a subtraction.
   */
  public List<Reference> references() {
    return References.of(program.root);
  }

  /** Whether what the expression reads depends on which names are step ids. */
  boolean dependsOnStepIds() {
    return !candidates.isEmpty();
  }

  /** The names that the expression reads when the names that are step ids are known. */
  public List<Reference> references(Predicate<String> isStepId) {
    if (candidates.isEmpty()) {
      return references();
    }
    try {
      return References.of(variant(isStepId).root);
    } catch (ExpressionException senseless) {
      return references();
    }
  }

  /**
   * For every path in the expression the first key that it reads, in the order of the source;
   * {@code *} for one that begins otherwise.
   */
  public List<String> pathKeys() {
    return References.pathKeys(program.root);
  }

  /**
   * A use of a name.
   *
   * @param name the name
   * @param members the constant keys that are read below it, in order: {@code body}, {@code id} for
   *     {@code user.body.id}; ends at an index, a call or a computed key
   * @param start where the name begins in the source, in UTF-16 units
   * @param end where the last of the members ends
   * @param optional whether the expression copes with the name's absence: left of {@code ??},
   *     before {@code exists}, compared with null, or the name of a placeholder with a default
   * @param needed how many of the members must be there: the expression copes with the absence of
   *     those after them
   */
  public record Reference(
      String name, List<String> members, int start, int end, boolean optional, int needed) {
    /** Copies the list. */
    public Reference {
      members = List.copyOf(members);
    }
  }
}
