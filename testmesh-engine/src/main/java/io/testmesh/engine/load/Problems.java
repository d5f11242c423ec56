package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlDocument;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong in one document, collected while it is read. */
final class Problems {
  static final String UNKNOWN_KEY = "unknown_key";
  static final String MISSING_KEY = "missing_key";
  static final String WRONG_TYPE = "wrong_type";
  static final String INVALID_VALUE = "invalid_value";
  static final String DUPLICATE_ID = "duplicate_id";
  static final String NOTHING_ASSERTED = "nothing_asserted";
  static final String NOT_A_FLOW = "not_a_flow";
  static final String YAML_LIMIT = "yaml_limit";

  /** A file of garbage would otherwise need many times its size. */
  private static final int MOST = 500;

  private final YamlDocument document;
  private final List<Problem> found;
  private int leftOut;

  Problems(YamlDocument document) {
    this.document = document;
    this.found = new ArrayList<>(document.problems());
  }

  YamlDocument document() {
    return document;
  }

  void add(String code, SourceSpan place, String message, @Nullable String hint) {
    if (found.size() == MOST) {
      leftOut++;
      return;
    }
    found.add(Problem.error(code, message, place, hint).withExcerpt(document.excerpt(place)));
  }

  /** Says that the value of a key has the wrong type. */
  void wrongType(YamlMap.Entry entry, String wanted, @Nullable String hint) {
    wrongType("\"" + entry.key() + "\"", place(entry), wanted, entry.value(), hint);
  }

  /** Says that a value has the wrong type. */
  void wrongType(
      String subject, SourceSpan place, String wanted, YamlNode got, @Nullable String hint) {
    add(
        WRONG_TYPE,
        place,
        subject + " wants " + wanted + ", got " + Shown.typed(document, got),
        hint);
  }

  /** Says that the value of a key has the right type and cannot be used. */
  void invalid(YamlMap.Entry entry, String wanted, @Nullable String hint) {
    add(
        INVALID_VALUE,
        place(entry),
        "\"" + entry.key() + "\" wants " + wanted + ", got " + Shown.plain(document, entry.value()),
        hint);
  }

  /** The place of the value, or of the key where no value is written. */
  SourceSpan place(YamlMap.Entry entry) {
    YamlNode value = entry.value();
    return value.start() == value.end() ? document.span(entry) : document.span(value);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All problems by place. */
  List<Problem> sorted() {
    if (found.isEmpty()) {
      // Comparators made of lambdas cost milliseconds at JVM start.
      return List.of();
    }
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparingInt((Problem problem) -> problem.span().line())
            .thenComparingInt(problem -> problem.span().column()));
    if (leftOut > 0) {
      Problem last = sorted.get(sorted.size() - 1);
      sorted.add(
          Problem.error(last.code(), leftOut + " more problems are not shown", last.span(), null));
    }
    return sorted;
  }
}
