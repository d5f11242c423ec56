package io.testmesh.spi;

import io.testmesh.event.RunListener;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A format of reports. Found by {@link java.util.ServiceLoader}.
 *
 * @since 0.1
 */
public interface ReportFormat {

  /** The format's name on the command line. */
  String name();

  /**
   * Starts a report. Nothing is written before the run starts.
   *
   * @param target where the report goes
   */
  Report open(Target target);

  /** Opens the place of a report when its first byte is there. */
  @FunctionalInterface
  interface Target {
    /** Opens it; folders that are missing are made. The report closes the stream. */
    OutputStream open() throws IOException;
  }

  /**
   * A report of one run: listens, and is finished after the run's last event. A report that cannot
   * be written keeps its first error for {@link #finish} and ignores further events.
   */
  interface Report extends RunListener {
    /**
     * Writes what is left and closes everything.
     *
     * @throws IOException when the report is not complete
     */
    void finish() throws IOException;
  }
}
