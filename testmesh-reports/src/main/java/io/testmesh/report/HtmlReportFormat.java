package io.testmesh.report;

import io.testmesh.spi.ReportFormat;

/** The format {@code html}: one page that needs nothing but a browser. */
public final class HtmlReportFormat implements ReportFormat {

  /** For the service loader. */
  public HtmlReportFormat() {}

  @Override
  public String name() {
    return "html";
  }

  @Override
  public Report open(Target target) {
    return new HtmlReport(target);
  }
}
