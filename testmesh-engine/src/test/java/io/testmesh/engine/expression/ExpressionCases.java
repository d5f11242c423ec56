package io.testmesh.engine.expression;

import io.testmesh.action.ActionException;
import io.testmesh.engine.value.JsonText;
import io.testmesh.engine.value.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cases of expr-lang's answers, and the one way to judge ours. */
final class ExpressionCases {
  private static final String FOLDER = "/conformance/expressions/";
  private static final JsonText JSON = JsonText.SHARED;

  private final Map<String, @Nullable Object> environments;

  /** All cases in the order of the file. */
  final List<Case> all = new ArrayList<>();

  private ExpressionCases() throws IOException, ActionException {
    environments = map(JSON.parse(resource("environments.json")));
    for (String line : resource("cases.ndjson").split("\n")) {
      if (!line.isBlank()) {
        all.add(new Case(map(JSON.parse(line))));
      }
    }
  }

  /** The cases, read once for all tests. */
  static ExpressionCases shared() {
    return Shared.CASES;
  }

  private static final class Shared {
    private static final ExpressionCases CASES = read();

    private static ExpressionCases read() {
      try {
        return new ExpressionCases();
      } catch (IOException | ActionException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The ids of the cases that we answer otherwise though they are not marked. */
  static Set<String> exceptions() throws IOException {
    Set<String> ids = new HashSet<>();
    for (String line : resource("exceptions.txt").split("\n")) {
      if (!line.startsWith("#")) {
        ids.add(line.substring(0, line.indexOf(' ')));
      }
    }
    return ids;
  }

  /** The cases of one kind of difference. */
  List<Case> differing(String code) {
    List<Case> cases = new ArrayList<>();
    for (Case one : all) {
      if (code.equals(one.differs())) {
        cases.add(one);
      }
    }
    return cases;
  }

  Environment environment(Case one) {
    return new MapEnvironment(map(environments.get(one.text("env"))));
  }

  /** One expression with its answer. */
  record Case(Map<String, @Nullable Object> fields) {
    String text(String key) {
      return String.valueOf(fields.get(key));
    }

    /** The code of the difference, or null. */
    @Nullable String differs() {
      return fields.get("differs") instanceof String text
          ? text.substring(0, text.indexOf(':'))
          : null;
    }

    @Nullable String errorPhase() {
      return fields.get("error") == null
          ? null
          : String.valueOf(map(fields.get("error")).get("phase"));
    }
  }

  /** What is wrong with our answer, or null when it is the recorded one. */
  @Nullable String judge(Case one) {
    String phase = one.errorPhase();
    Expression expression;
    try {
      expression = Expression.parse(one.text("expr"));
    } catch (ExpressionException e) {
      return phase != null ? null : "does not parse: " + e.getMessage();
    }
    if ("parse".equals(phase)) {
      return "parses";
    }
    try {
      Object value = expression.evaluate(environment(one));
      return phase != null
          ? "gives " + shown(value) + " instead of an error: " + map(one.fields().get("error"))
          : judge(value, one.text("type"), one.fields().get("value"));
    } catch (ExpressionException e) {
      return phase != null ? null : "fails: " + e.getMessage();
    }
  }

  static @Nullable String judge(@Nullable Object value, String type, @Nullable Object recorded) {
    boolean same = type.equals(ValueTypes.type(value)) && same(ValueTypes.tagged(value), recorded);
    return same ? null : "gives " + shown(value) + " instead of " + type + " " + recorded;
  }

  private static String shown(@Nullable Object value) {
    return ValueTypes.type(value) + " " + ValueTypes.tagged(value);
  }

  /** Whether two values are the same, whole numbers and decimal ones told apart. */
  private static boolean same(@Nullable Object value, @Nullable Object recorded) {
    if (value instanceof Number a && recorded instanceof Number b) {
      return Numbers.isInteger(a) == Numbers.isInteger(b) && Numbers.equal(a, b);
    }
    if (value instanceof List<?> a && recorded instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof Map<?, ?> a && recorded instanceof Map<?, ?> b) {
      return a.containsKey("$pairs") ? samePairs(a, b) : sameMaps(a, b);
    }
    return value == null ? recorded == null : value.equals(recorded);
  }

  private static boolean sameMaps(Map<?, ?> a, Map<?, ?> b) {
    if (!a.keySet().equals(b.keySet())) {
      return false;
    }
    for (Object key : a.keySet()) {
      if (!same(a.get(key), b.get(key))) {
        return false;
      }
    }
    return true;
  }

  private static boolean samePairs(Map<?, ?> a, Map<?, ?> b) {
    if (!(a.get("$pairs") instanceof List<?> left && b.get("$pairs") instanceof List<?> right)
        || left.size() != right.size()) {
      return false;
    }
    for (Object pair : left) {
      boolean found = false;
      for (Object other : right) {
        found |= same(pair, other);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ExpressionCases.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException("no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Map<String, @Nullable Object> map(@Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, item) -> map.put(String.valueOf(key), item));
    }
    return map;
  }
}
