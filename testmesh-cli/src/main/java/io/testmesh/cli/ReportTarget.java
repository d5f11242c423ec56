package io.testmesh.cli;

import io.testmesh.spi.ReportFormat;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The place of a report: a file, or standard output. */
final class ReportTarget implements ReportFormat.Target {
  private static final int BUFFER_BYTES = 1 << 15;

  private final @Nullable Path path;
  private final OutputStream standardOutput;
  private final Map<Class<?>, Object> shared;

  /**
   * Makes a target.
   *
   * @param path the file; null for standard output
   * @param shared what the reports of the run share
   */
  ReportTarget(@Nullable Path path, OutputStream standardOutput, Map<Class<?>, Object> shared) {
    this.path = path;
    this.standardOutput = standardOutput;
    this.shared = shared;
  }

  @Override
  public <T> T shared(Class<T> type, Supplier<? extends T> maker) {
    Object present = shared.get(type);
    if (present == null) {
      T made = maker.get();
      shared.put(type, made);
      return made;
    }
    return type.cast(present);
  }

  @Override
  public OutputStream open() throws IOException {
    if (path == null) {
      return new BufferedOutputStream(new StaysOpen(standardOutput), BUFFER_BYTES);
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    return new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
  }

  /** Says why a report could not be written, without the names of Java classes. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, not a folder";
    }
    if (e instanceof FileSystemException other) {
      return other.getReason() == null
          ? "no such folder: " + other.getFile()
          : other.getFile() + ": " + other.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  /** Standard output is not ours to close. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
