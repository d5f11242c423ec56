package io.testmesh.engine.path;

import io.testmesh.engine.value.NearNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses calls of functions and checks their arguments (RFC 9535, 2.4). */
final class FunctionParser {
  private static final List<String> NAMES = List.of("length", "count", "match", "search", "value");

  private final PathText in;
  private final FilterParser filters;

  FunctionParser(PathText in, FilterParser filters) {
    this.in = in;
    this.filters = filters;
  }

  /** An argument and where it stands. */
  private record Argument(Term term, int start, int end) {}

  /**
   * Parses the arguments of a call, whose name has been taken.
   *
   * @param start where the name begins
   */
  Term call(String name, int start) throws PathException {
    if (!NAMES.contains(name)) {
      String hint = NearNames.hintOrNames(name, NAMES);
      throw in.errorSince(
          start, "unknown function \"" + name + "\"" + (hint == null ? "" : "; " + hint));
    }
    List<Argument> arguments = arguments();
    boolean regex = name.equals("match") || name.equals("search");
    int wanted = regex ? 2 : 1;
    if (arguments.size() != wanted) {
      throw in.errorSince(
          start,
          name
              + (regex ? "() wants two arguments, got " : "() wants one argument, got ")
              + arguments.size());
    }
    Argument first = arguments.get(0);
    return switch (name) {
      case "length" -> new Operand.Length(value(name, first));
      case "count" -> new Operand.Count(query(name, first));
      case "value" -> new Operand.OnlyValue(query(name, first));
      default -> matches(name, first, arguments.get(1));
    };
  }

  private List<Argument> arguments() throws PathException {
    filters.enter();
    in.skip(1);
    in.skipBlanks();
    List<Argument> arguments = new ArrayList<>();
    if (!in.take(')')) {
      do {
        in.skipBlanks();
        int start = in.at();
        Term term = filters.term();
        arguments.add(new Argument(term, start, in.at()));
        in.skipBlanks();
      } while (in.take(','));
      if (!in.take(')')) {
        throw in.expected("\",\" or \")\" after the argument");
      }
    }
    filters.leave();
    return arguments;
  }

  private Operand value(String function, Argument argument) throws PathException {
    if (argument.term() instanceof Query query && !query.isSingular()) {
      throw in.error(
          function
              + "() wants one value, and this path can find several; use names and indexes only"
              + (function.equals("length") ? ", or count()" : ", or value()"),
          argument.start(),
          argument.end());
    }
    if (argument.term() instanceof Operand operand) {
      return operand;
    }
    throw in.error(
        function + "() wants a value, got a condition", argument.start(), argument.end());
  }

  private Query query(String function, Argument argument) throws PathException {
    if (argument.term() instanceof Query query) {
      return query;
    }
    throw in.error(
        function + "() wants a path such as @.items[*]", argument.start(), argument.end());
  }

  private Condition matches(String function, Argument text, Argument pattern) throws PathException {
    Operand subject = value(function, text);
    Operand source = value(function, pattern);
    return new Condition.Matches(
        subject, source, compile(source, pattern), function.equals("match"));
  }

  private @Nullable Regex compile(Operand source, Argument pattern) throws PathException {
    if (!(source instanceof Operand.Literal literal)
        || !(literal.literal() instanceof String text)) {
      return null;
    }
    try {
      return Regex.strict(text);
    } catch (IRegexpException e) {
      throw in.error(
          "not a regular expression: " + e.getMessage() + ", at character " + (e.at() + 1),
          pattern.start(),
          pattern.end());
    }
  }
}
