package io.testmesh.report;

import io.testmesh.spi.ReportFormat;

/** The format {@code json}: the whole run as one JSON object. */
public final class JsonReportFormat implements ReportFormat {

  /** For the service loader. */
  public JsonReportFormat() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Report open(Target target) {
    return new JsonReport(target);
  }
}
