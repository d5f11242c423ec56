package io.testmesh.engine.path;

import io.testmesh.action.ActionException;
import io.testmesh.engine.value.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cases of the JSONPath compliance test suite; see its README in the resources. */
final class ComplianceSuite {
  private ComplianceSuite() {}

  /**
   * A case.
   *
   * @param results the allowed results, empty when the selector is invalid
   * @param paths the allowed normalized paths, empty when the suite names none
   */
  record Case(
      String name,
      String selector,
      boolean invalid,
      @Nullable Object document,
      List<?> results,
      List<?> paths) {}

  static List<Case> cases() throws IOException, ActionException {
    List<Case> cases = new ArrayList<>();
    for (Object item : (List<?>) ((Map<?, ?>) suite()).get("tests")) {
      Map<?, ?> test = (Map<?, ?>) item;
      cases.add(
          new Case(
              (String) test.get("name"),
              (String) test.get("selector"),
              Boolean.TRUE.equals(test.get("invalid_selector")),
              test.get("document"),
              allowed(test, "result", "results"),
              allowed(test, "result_paths", "results_paths")));
    }
    return cases;
  }

  private static List<?> allowed(Map<?, ?> test, String one, String several) {
    if (test.containsKey(one)) {
      return List.of(test.get(one));
    }
    return test.containsKey(several) ? (List<?>) test.get(several) : List.of();
  }

  private static Object suite() throws IOException, ActionException {
    try (InputStream in =
        ComplianceSuite.class.getResourceAsStream("/conformance/jsonpath/cts.json")) {
      return JsonText.SHARED.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
