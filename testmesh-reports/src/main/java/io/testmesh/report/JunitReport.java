package io.testmesh.report;

import io.testmesh.event.RunEvent;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import io.testmesh.spi.ReportFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes JUnit XML: a suite is a file, a test case a flow, a data row or a problem. Counts stand
 * before the cases, so the cases wait in a spool.
 */
final class JunitReport extends EventReport {
  private static final String MADE_IN_JAVA = "flows";

  private final ReportFormat.Target target;
  private final Spool spool = new Spool();
  private final Map<String, JunitSuite> suites = new LinkedHashMap<>();

  JunitReport(ReportFormat.Target target) {
    super(target);
    this.target = target;
  }

  @Override
  void take(RunEvent event) throws IOException {
    if (event instanceof RunEvent.FlowFinished finished) {
      add(finished.flow());
    } else if (event instanceof RunEvent.RunFinished finished) {
      int index = Integer.MIN_VALUE;
      for (Problem problem : finished.run().problems()) {
        if (problem.isError()) {
          add(problem, index++);
        }
      }
    }
  }

  private JunitSuite suite(String file) {
    String name = file.isEmpty() ? MADE_IN_JAVA : file;
    JunitSuite suite = suites.get(name);
    if (suite == null) {
      suite = new JunitSuite(name);
      suites.put(name, suite);
    }
    return suite;
  }

  private void add(FlowResult flow) throws IOException {
    JunitSuite suite = suite(flow.file());
    suite.time = suite.time.plus(flow.duration());
    if (flow.started().isBefore(suite.started) && !flow.started().equals(Instant.EPOCH)) {
      suite.started = flow.started();
    }
    StringBuilder tail = new StringBuilder();
    tail.append('"');
    XmlText.attribute(tail, "classname", className(flow.file()));
    XmlText.attribute(tail, "time", seconds(flow.duration()));
    if (!flow.file().isEmpty()) {
      XmlText.attribute(tail, "file", flow.file());
      XmlText.attribute(tail, "line", flow.line());
    }
    tail.append('>');
    switch (flow.status()) {
      case PASSED -> {}
      case FAILED -> {
        suite.failures++;
        cause(tail, "failure", flow);
      }
      case ERROR, CANCELLED -> {
        // A flow that was stopped must not look as if all were well.
        suite.errors++;
        cause(tail, "error", flow);
      }
      case SKIPPED -> {
        suite.skipped++;
        tail.append("<skipped message=\"every step was skipped\"/>");
      }
    }
    tail.append("</testcase>\n");
    write(suite, flow.index(), flow.name(), flow.row().isPresent(), tail);
  }

  private static void cause(StringBuilder to, String element, FlowResult flow) {
    Failure failure = flow.failure().orElse(null);
    to.append('<').append(element);
    XmlText.attribute(to, "type", failure == null ? flow.status().key() : failure.code());
    XmlText.attribute(to, "message", failure == null ? "" : failure.message());
    to.append('>');
    XmlText.escape(to, Diagnosis.of(flow), false);
    to.append("</").append(element).append('>');
  }

  private void add(Problem problem, int index) throws IOException {
    String file = problem.span().file();
    JunitSuite suite = suite(file);
    suite.errors++;
    StringBuilder tail = new StringBuilder();
    tail.append('"');
    XmlText.attribute(tail, "classname", className(file));
    XmlText.attribute(tail, "time", "0.000");
    if (!file.isEmpty()) {
      XmlText.attribute(tail, "file", file);
      XmlText.attribute(tail, "line", problem.span().line());
    }
    tail.append("><error");
    XmlText.attribute(tail, "type", problem.code());
    XmlText.attribute(tail, "message", problem.message());
    tail.append('>');
    XmlText.escape(tail, Diagnosis.of(problem), false);
    tail.append("</error></testcase>\n");
    String place = problem.span().toString();
    write(
        suite, index, place.isEmpty() ? problem.code() : place + " " + problem.code(), false, tail);
  }

  private void write(JunitSuite suite, int index, String name, boolean numbered, StringBuilder tail)
      throws IOException {
    StringBuilder head = new StringBuilder("    <testcase name=\"");
    XmlText.escape(head, name, true);
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] end = tail.toString().getBytes(StandardCharsets.UTF_8);
    suite.cases.add(
        new JunitSuite.TestCase(
            index, spool.size(), start.length, end.length, numbered, suite.numberOf(name)));
    spool.write(start);
    spool.write(end);
  }

  @Override
  void complete() throws IOException {
    RunResult run = result();
    try (OutputStream stream = new BufferedOutputStream(target.open(), 1 << 15)) {
      StringBuilder text = new StringBuilder();
      text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"testmesh\"");
      int[] totals = new int[4];
      for (JunitSuite suite : suites.values()) {
        totals[0] += suite.cases.size();
        totals[1] += suite.failures;
        totals[2] += suite.errors;
        totals[3] += suite.skipped;
      }
      counts(text, totals[0], totals[1], totals[2], totals[3], run.duration());
      XmlText.attribute(text, "timestamp", InstantText.of(run.started()));
      write(text.append(">\n"), stream);
      List<JunitSuite> inOrder = new ArrayList<>(suites.values());
      for (JunitSuite suite : inOrder) {
        suite.sort();
      }
      Collections.sort(inOrder);
      for (JunitSuite suite : inOrder) {
        suite(suite, stream);
      }
      write(text.append("</testsuites>\n"), stream);
    }
  }

  private void suite(JunitSuite suite, OutputStream to) throws IOException {
    StringBuilder text = new StringBuilder("  <testsuite");
    XmlText.attribute(text, "name", suite.name);
    counts(text, suite.cases.size(), suite.failures, suite.errors, suite.skipped, suite.time);
    if (!suite.started.equals(Instant.MAX)) {
      XmlText.attribute(text, "timestamp", InstantText.of(suite.started));
    }
    write(text.append(">\n"), to);
    int[] total = new int[suite.countOfNames()];
    for (JunitSuite.TestCase testCase : suite.cases) {
      total[testCase.nameNumber()]++;
    }
    int[] seen = new int[total.length];
    for (JunitSuite.TestCase testCase : suite.cases) {
      spool.copy(testCase.from(), testCase.head(), to);
      int number = ++seen[testCase.nameNumber()];
      boolean isFirstRow = testCase.numbered() && total[testCase.nameNumber()] > 1;
      if (number > 1 || isFirstRow) {
        write(text.append(" [").append(number).append(']'), to);
      }
      spool.copy(testCase.from() + testCase.head(), testCase.tail(), to);
    }
    write(text.append("  </testsuite>\n"), to);
  }

  private static void counts(
      StringBuilder to, int tests, int failures, int errors, int skipped, Duration time) {
    XmlText.attribute(to, "tests", tests);
    XmlText.attribute(to, "failures", failures);
    XmlText.attribute(to, "errors", errors);
    XmlText.attribute(to, "skipped", skipped);
    XmlText.attribute(to, "time", seconds(time));
  }

  private static void write(StringBuilder text, OutputStream to) throws IOException {
    to.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  /** The file as a name in a tree of packages, as CI servers show it. */
  private static String className(String file) {
    if (file.isEmpty()) {
      return MADE_IN_JAVA;
    }
    int dot = file.lastIndexOf('.');
    String path = dot > file.lastIndexOf('/') + 1 ? file.substring(0, dot) : file;
    return path.replace('/', '.');
  }

  private static String seconds(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    String rest = Long.toString(1000 + millis % 1000);
    return millis / 1000 + "." + rest.substring(1);
  }

  @Override
  void release() throws IOException {
    spool.close();
  }
}
