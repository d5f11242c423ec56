package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.engine.value.JsonValues;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonPathConformanceTest {
  @TestFactory
  Stream<DynamicTest> every_case_of_the_compliance_suite() throws Exception {
    return ComplianceSuite.cases().stream()
        .map(test -> DynamicTest.dynamicTest(test.name(), () -> check(test)));
  }

  @Test
  void the_suite_is_complete() throws Exception {
    List<ComplianceSuite.Case> cases = ComplianceSuite.cases();

    assertThat(cases).hasSize(703);
    assertThat(cases).filteredOn(ComplianceSuite.Case::invalid).hasSize(247);
    assertThat(cases).filteredOn(test -> !test.paths().isEmpty()).hasSize(456);
  }

  private static void check(ComplianceSuite.Case test) throws PathException {
    if (test.invalid()) {
      assertThatThrownBy(() -> JsonPath.parse(test.selector())).isInstanceOf(PathException.class);
      return;
    }
    JsonPath path = JsonPath.parse(test.selector());
    List<?> found = path.select(test.document());
    List<String> paths = path.selectPaths(test.document());

    assertThat(test.results())
        .as("result of %s: %s", test.selector(), found)
        .anyMatch(allowed -> JsonValues.equal(allowed, found));
    assertThat(test.paths()).as("paths of %s: %s", test.selector(), paths).anyMatch(paths::equals);
    checkSingle(path, test, found);
  }

  private static void checkSingle(JsonPath path, ComplianceSuite.Case test, List<?> found) {
    if (path.isSingular()) {
      Object value = path.selectSingle(test.document());
      assertThat(found.isEmpty() ? JsonPath.ABSENT : found.get(0)).isSameAs(value);
    }
  }
}
