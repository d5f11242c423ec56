package io.testmesh.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The counts of one file, and where its test cases wait in the spool. */
final class JunitSuite implements Comparable<JunitSuite> {
  final String name;
  final List<TestCase> cases = new ArrayList<>();
  int failures;
  int errors;
  int skipped;
  Duration time = Duration.ZERO;
  Instant started = Instant.MAX;
  private final Map<String, Integer> names = new HashMap<>();

  /**
   * A test case that was written to the spool.
   *
   * @param index its place in the order of the suite
   * @param from where it begins in the spool
   * @param head how many bytes come before the end of the name
   * @param tail how many bytes come after it
   * @param numbered whether the first of several of that name has a number too, as a data row
   * @param nameNumber a number that is the same for equal names of the suite
   */
  record TestCase(int index, long from, int head, long tail, boolean numbered, int nameNumber)
      implements Comparable<TestCase> {
    @Override
    public int compareTo(TestCase other) {
      return Integer.compare(index, other.index);
    }
  }

  JunitSuite(String name) {
    this.name = name;
  }

  /** A number that stands for the name in this suite. */
  int numberOf(String testCase) {
    Integer known = names.putIfAbsent(testCase, names.size());
    return known == null ? names.size() - 1 : known;
  }

  /** Puts the test cases in the order of selection. */
  void sort() {
    Collections.sort(cases);
  }

  /** By the first test case, once the test cases are in order. */
  @Override
  public int compareTo(JunitSuite other) {
    return cases.get(0).compareTo(other.cases.get(0));
  }

  /** How many different names there are. */
  int countOfNames() {
    return names.size();
  }
}
