package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.engine.value.JsonValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonPathConformanceTest {
  /** One test for all: mutation testing would start several hundred one by one. */
  @Test
  void every_case_of_the_compliance_suite() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (ComplianceSuite.Case test : ComplianceSuite.cases()) {
      String problem = test.invalid() ? problemOfInvalid(test) : problem(test);
      if (problem != null) {
        wrong.add(test.name() + ": " + test.selector() + " " + problem);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_suite_is_complete() throws Exception {
    List<ComplianceSuite.Case> cases = ComplianceSuite.cases();

    assertThat(cases).hasSize(703);
    assertThat(cases).filteredOn(ComplianceSuite.Case::invalid).hasSize(247);
    assertThat(cases).filteredOn(test -> !test.paths().isEmpty()).hasSize(456);
  }

  private static @Nullable String problemOfInvalid(ComplianceSuite.Case test) {
    try {
      JsonPath.parse(test.selector());
      return "is accepted";
    } catch (PathException expected) {
      return null;
    }
  }

  private static @Nullable String problem(ComplianceSuite.Case test) {
    try {
      JsonPath path = JsonPath.parse(test.selector());
      List<?> found = path.select(test.document());
      if (test.results().stream().noneMatch(allowed -> JsonValues.equal(allowed, found))) {
        return "gives " + found;
      }
      List<String> paths = path.selectPaths(test.document());
      if (!test.paths().contains(paths)) {
        return "gives the paths " + paths;
      }
      return path.isSingular() ? problemOfSingle(path, test, found) : null;
    } catch (PathException | RuntimeException e) {
      return "fails: " + e;
    }
  }

  private static @Nullable String problemOfSingle(
      JsonPath path, ComplianceSuite.Case test, List<?> found) {
    Object value = path.selectSingle(test.document());
    return value == (found.isEmpty() ? JsonPath.ABSENT : found.get(0)) ? null : "gives " + value;
  }
}
