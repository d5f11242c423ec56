package io.testmesh.engine.expression;

import io.testmesh.engine.value.NearNames;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A built-in function without predicate. The families are classes, loaded when one is used. */
abstract class Function {
  private static final int MANY = Integer.MAX_VALUE;

  final String name;
  private final int least;
  private final int most;

  Function(String name, int least, int most) {
    this.name = name;
    this.least = least;
    this.most = most;
  }

  /** Computes the result; the number of arguments has been checked. */
  abstract @Nullable Object call(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException;

  /** Says what is wrong with a number of arguments, or gives null. */
  @Nullable String refuses(int count) {
    if (count >= least && count <= most) {
      return null;
    }
    String wanted =
        least == most ? "" + least : most == MANY ? least + " or more" : least + " to " + most;
    return name
        + " takes "
        + wanted
        + " argument"
        + (wanted.equals("1") ? "" : "s")
        + ", got "
        + count;
  }

  /** The function of that name, or null. */
  static @Nullable Function find(String name) {
    return switch (name) {
      case "upper", "lower", "toBase64", "fromBase64", "fromJSON", "toJSON" ->
          new TextFunction(name, 1, 1);
      case "trim", "trimPrefix", "trimSuffix" -> new TextFunction(name, 1, 2);
      case "split", "splitAfter" -> new TextFunction(name, 2, 3);
      case "replace" -> new TextFunction(name, 3, 4);
      case "repeat", "indexOf", "lastIndexOf", "hasPrefix", "hasSuffix" ->
          new TextFunction(name, 2, 2);
      case "join" -> new TextFunction(name, 1, 2);
      case "len",
          "type",
          "string",
          "first",
          "last",
          "keys",
          "values",
          "toPairs",
          "fromPairs",
          "reverse",
          "uniq",
          "flatten" ->
          new ListFunction(name, 1, 1);
      case "get", "take" -> new ListFunction(name, 2, 2);
      case "concat" -> new ListFunction(name, 1, MANY);
      case "sort" -> new ListFunction(name, 1, 2);
      case "abs", "ceil", "floor", "round", "int", "float", "bitnot" ->
          new NumberFunction(name, 1, 1);
      case "max", "min", "mean", "median" -> new NumberFunction(name, 1, MANY);
      case "bitand", "bitor", "bitxor", "bitnand", "bitshl", "bitshr", "bitushr" ->
          new NumberFunction(name, 2, 2);
      case "now" -> new TimeFunction(name, 0, 1);
      case "duration", "timezone" -> new TimeFunction(name, 1, 1);
      case "date" -> new TimeFunction(name, 1, 4);
      default -> null;
    };
  }

  /** Whether there is a function of that name, with or without predicate. */
  static boolean isKnown(String name) {
    return PredicateCall.isKnown(name) || find(name) != null;
  }

  /** What an unknown name probably was meant to be. */
  static @Nullable String hint(String wrong) {
    return switch (wrong) {
      case "length", "size" -> "did you mean \"len\"?";
      case "avg", "average" -> "did you mean \"mean\"?";
      case "str", "toString", "text" -> "did you mean \"string\"?";
      default -> NearNames.hint(wrong, names());
    };
  }

  private static List<String> names() {
    return Arrays.asList(
        ("all none any one filter map count sum find findIndex findLast findLastIndex groupBy sortBy"
                + " reduce upper lower toBase64 fromBase64 fromJSON toJSON trim trimPrefix trimSuffix"
                + " split splitAfter replace repeat indexOf lastIndexOf hasPrefix hasSuffix join len"
                + " type string first last keys values toPairs fromPairs reverse uniq flatten get take"
                + " concat sort abs ceil floor round int float bitnot max min mean median bitand bitor"
                + " bitxor bitnand bitshl bitshr bitushr now duration timezone date")
            .split(" "));
  }

  final String text(Call at, @Nullable Object[] arguments, int index) throws ExpressionException {
    if (arguments[index] instanceof String text) {
      return text;
    }
    throw wrong(at, arguments, index, "a text");
  }

  final List<?> list(Call at, @Nullable Object[] arguments, int index) throws ExpressionException {
    if (arguments[index] instanceof List<?> list) {
      return list;
    }
    throw wrong(at, arguments, index, "a list");
  }

  final long whole(Call at, @Nullable Object[] arguments, int index) throws ExpressionException {
    if (arguments[index] instanceof Long number) {
      return number;
    }
    throw wrong(at, arguments, index, "a whole number");
  }

  final ExpressionException wrong(Call at, @Nullable Object[] arguments, int index, String wanted) {
    return at.argument(index)
        .failure(name + " wants " + wanted + ", got " + Words.of(arguments[index]));
  }
}
