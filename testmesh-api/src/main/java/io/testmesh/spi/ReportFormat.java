package io.testmesh.spi;

import io.testmesh.event.RunListener;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

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

    /**
     * What the reports of one run share, for formats of one kind that would else do the same work
     * each. Called before the run starts.
     *
     * @param type which of the shared objects
     * @param maker makes it for the first report that asks
     * @return the same object for every report of the run; an object for this report alone where a
     *     target knows of no others
     */
    default <T> T shared(Class<T> type, Supplier<? extends T> maker) {
      return maker.get();
    }
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
