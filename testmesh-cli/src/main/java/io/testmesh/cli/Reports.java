package io.testmesh.cli;

import io.testmesh.spi.ReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The reports that the command line asks for. */
final class Reports {
  private final List<ReportFormat.Report> reports = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final Map<Class<?>, Object> shared = new HashMap<>();
  private boolean takesStandardOutput;

  private Reports() {}

  /**
   * Prepares the reports of {@code --report FORMAT[=PATH]}; nothing is opened yet.
   *
   * @throws UsageException when a format is not known, or two reports want one place
   */
  static Reports read(Arguments arguments, Io io) throws UsageException {
    Reports reports = new Reports();
    ServiceLoader<ReportFormat> formats = null;
    for (Arguments.Given option : arguments.given()) {
      if (option.name().equals("--report")) {
        if (formats == null) {
          formats = ServiceLoader.load(ReportFormat.class, Reports.class.getClassLoader());
        }
        reports.add(option.value(), formats, io);
      }
    }
    return reports;
  }

  private static ReportFormat format(String name, ServiceLoader<ReportFormat> formats)
      throws UsageException {
    TreeSet<String> names = new TreeSet<>();
    // Ends at the one that is wanted: the loader loads no class of the formats after it.
    for (ReportFormat format : formats) {
      if (format.name().equals(name)) {
        return format;
      }
      names.add(format.name());
    }
    throw new UsageException(
        "unknown report format \"" + name + "\"; there are " + String.join(", ", names));
  }

  private void add(String wish, ServiceLoader<ReportFormat> formats, Io io) throws UsageException {
    int equals = wish.indexOf('=');
    String name = equals < 0 ? wish : wish.substring(0, equals);
    ReportFormat format = format(name, formats);
    String place = equals < 0 ? "" : wish.substring(equals + 1);
    if (equals >= 0 && place.isEmpty()) {
      throw new UsageException("--report " + wish + " wants a file after \"=\"");
    }
    if (places.contains(place)) {
      throw new UsageException(
          place.isEmpty()
              ? "two reports on standard output; give one a file: --report " + name + "=FILE"
              : "two reports into one file: " + place);
    }
    takesStandardOutput |= place.isEmpty();
    places.add(place);
    Path path = place.isEmpty() ? null : Path.of(place);
    reports.add(format.open(new ReportTarget(path, io.out(), shared)));
  }

  /** Whether people's output has to go to standard error. */
  boolean takeStandardOutput() {
    return takesStandardOutput;
  }

  /** The reports as listeners. */
  List<ReportFormat.Report> listeners() {
    return reports;
  }

  /**
   * Writes what is left of every report.
   *
   * @return whether all are complete
   */
  boolean finish(Printer errors) {
    boolean complete = true;
    for (int i = 0; i < reports.size(); i++) {
      try {
        reports.get(i).finish();
      } catch (IOException e) {
        complete = false;
        String place = places.get(i).isEmpty() ? "standard output" : places.get(i);
        errors.line(
            "error: the report " + place + " could not be written: " + ReportTarget.reason(e));
      }
    }
    return complete;
  }
}
