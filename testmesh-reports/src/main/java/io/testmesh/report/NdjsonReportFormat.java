package io.testmesh.report;

import io.testmesh.spi.ReportFormat;

/** The format {@code ndjson}: a line of JSON for each event, while the run goes on. */
public final class NdjsonReportFormat implements ReportFormat {

  /** For the service loader. */
  public NdjsonReportFormat() {}

  @Override
  public String name() {
    return "ndjson";
  }

  @Override
  public Report open(Target target) {
    return new NdjsonReport(target);
  }
}
