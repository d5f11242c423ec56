package io.testmesh.integrations.sql;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a flow writes it, with its parameters: {@code $1}, {@code ?} or {@code :name}.
 * None is in a literal, a quoted name, a comment, a dollar quote or an operator. Immutable.
 *
 * @param written the text
 * @param tokens its parameters and the question marks that are operators, in order
 */
record SqlText(String written, List<Token> tokens) {

  /** A place of the text that a driver must not see as it is. */
  sealed interface Token {
    /** Where it begins. */
    int start();

    /** Behind its last character. */
    int end();

    /** {@code $1}. */
    record Numbered(int start, int end, int number) implements Token {}

    /** {@code :name}. */
    record Named(int start, int end, String name) implements Token {}

    /** {@code ?}: a parameter, or an operator's part. */
    record Mark(int start, int end, boolean mayBeParameter) implements Token {}
  }

  /** Finds the tokens of a text. */
  static SqlText of(String text) {
    return new SqlText(text, new SqlScanner(text).tokens());
  }

  private boolean isNumbered() {
    return tokens.stream().anyMatch(Token.Numbered.class::isInstance);
  }

  /**
   * Adds the statement to one that is being built, its parameters bound to values.
   *
   * @param params a list for {@code $1} and {@code ?}, a map for {@code :name}; null for none
   * @param what how the statement is called in messages
   * @throws ActionException code {@code invalid_value} when statement and values do not fit
   */
  void addTo(SqlBuilder sql, @Nullable Object params, String what) throws ActionException {
    if (params instanceof Map<?, ?> map) {
      addNamed(sql, map, what);
    } else {
      List<?> values = params instanceof List<?> list ? list : List.of();
      if (isNumbered()) {
        addNumbered(sql, values, what);
      } else {
        addMarks(sql, values, what);
      }
    }
  }

  private void addNumbered(SqlBuilder sql, List<?> values, String what) throws ActionException {
    Set<Integer> used = new LinkedHashSet<>();
    int at = 0;
    for (Token token : tokens) {
      sql.text(written, at, token.start());
      at = token.end();
      if (token instanceof Token.Numbered parameter) {
        int number = parameter.number();
        if (number < 1 || number > values.size()) {
          throw invalid(
              what + " has the parameter $" + number + ", and " + count(values.size()),
              "params[" + (number - 1) + "] is its value");
        }
        used.add(number);
        sql.parameter(values.get(number - 1), text(token));
      } else if (token instanceof Token.Mark) {
        sql.operator(text(token));
      } else {
        sql.text(text(token));
      }
    }
    sql.text(written, at, written.length());
    for (int i = 1; i <= values.size(); i++) {
      if (!used.contains(i)) {
        throw invalid(
            what + " uses no parameter $" + i + ", and " + count(values.size()),
            "remove the value that is not needed");
      }
    }
  }

  private void addMarks(SqlBuilder sql, List<?> values, String what) throws ActionException {
    int next = 0;
    int at = 0;
    int marks = 0;
    for (Token token : tokens) {
      sql.text(written, at, token.start());
      at = token.end();
      if (token instanceof Token.Mark mark && mark.mayBeParameter() && !values.isEmpty()) {
        marks++;
        if (next < values.size()) {
          sql.parameter(values.get(next), text(token));
        }
        next++;
      } else if (token instanceof Token.Mark) {
        sql.operator(text(token));
      } else {
        sql.text(text(token));
      }
    }
    sql.text(written, at, written.length());
    if (marks != values.size()) {
      throw invalid(
          what
              + " has "
              + (marks == 0 ? "no parameter" : marks + " times \"?\"")
              + ", and "
              + count(values.size()),
          "each value of \"params\" stands for a $1, $2, … or for a \"?\"; :name wants a map");
    }
  }

  private void addNamed(SqlBuilder sql, Map<?, ?> values, String what) throws ActionException {
    Set<Object> used = new LinkedHashSet<>();
    int at = 0;
    for (Token token : tokens) {
      sql.text(written, at, token.start());
      at = token.end();
      if (token instanceof Token.Named parameter) {
        if (!values.containsKey(parameter.name())) {
          throw invalid(
              what + " has the parameter :" + parameter.name() + ", and \"params\" no such key",
              "\"params\" has " + keys(values));
        }
        used.add(parameter.name());
        sql.parameter(values.get(parameter.name()), text(token));
      } else if (token instanceof Token.Mark) {
        sql.operator(text(token));
      } else {
        throw invalid(
            what + " has " + text(token) + ", and \"params\" is a map",
            "a map is for parameters such as :name; $1 and \"?\" want a list");
      }
    }
    sql.text(written, at, written.length());
    for (Object name : values.keySet()) {
      if (!used.contains(name)) {
        throw invalid(what + " uses no parameter :" + name, "remove the value that is not needed");
      }
    }
  }

  private String text(Token token) {
    return written.substring(token.start(), token.end());
  }

  private static String keys(Map<?, ?> values) {
    List<String> names = new ArrayList<>();
    values.keySet().forEach(name -> names.add(String.valueOf(name)));
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String count(int values) {
    return values == 0
        ? "there are no \"params\""
        : "\"params\" has " + values + (values == 1 ? " value" : " values");
  }

  private static ActionException invalid(String message, String hint) {
    return new ActionException(ActionException.INVALID_VALUE, message).hint(hint);
  }
}
