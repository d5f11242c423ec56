package io.testmesh.report;

import io.testmesh.spi.ReportFormat;

/** The format {@code junit}: JUnit XML, as CI servers read it. */
public final class JunitReportFormat implements ReportFormat {

  /** For the service loader. */
  public JunitReportFormat() {}

  @Override
  public String name() {
    return "junit";
  }

  @Override
  public Report open(Target target) {
    return new JunitReport(target);
  }
}
