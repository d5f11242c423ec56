package io.testmesh.server;

import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problems with the same fields as in reports. */
final class ProblemJson {
  private ProblemJson() {}

  static boolean hasError(List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.isError()) {
        return true;
      }
    }
    return false;
  }

  static List<Map<String, @Nullable Object>> of(List<Problem> problems) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Problem problem : problems) {
      SourceSpan span = problem.span();
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      record.put("code", problem.code());
      record.put("message", problem.message());
      record.put("file", span.file().isEmpty() ? null : span.file());
      record.put("line", span.line() > 0 ? span.line() : null);
      record.put("column", span.column() > 0 ? span.column() : null);
      record.put("hint", problem.hint());
      record.put("severity", problem.isError() ? "error" : "warning");
      if (!problem.excerpt().isEmpty()) {
        record.put("excerpt", problem.excerpt());
      }
      list.add(record);
    }
    return list;
  }
}
