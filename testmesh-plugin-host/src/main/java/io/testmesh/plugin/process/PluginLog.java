package io.testmesh.plugin.process;

import io.testmesh.plugin.registry.OutputLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kept output of a plugin's last starts: a file and the one before it. Where no file can be
 * written, the last lines are kept in memory. Safe for use by several threads; several hosts may
 * write to the same file.
 */
public final class PluginLog {
  /** The stream of what the plugin wrote to its standard output. */
  static final String STDOUT = "stdout";

  /** The stream of what the plugin wrote to its standard error. */
  static final String STDERR = "stderr";

  /** The stream of what the host notes about the plugin. */
  static final String HOST = "host";

  private static final long LARGEST = 1_000_000;
  private static final int MOST_IN_MEMORY = 500;

  private final Path folder;
  private final Path file;
  private final Deque<OutputLine> memory = new ArrayDeque<>();
  private boolean writable = true;

  /** The log of a plugin in the folder of logs, which is made when something is written. */
  public PluginLog(Path folder, String plugin) {
    this.folder = folder;
    this.file = folder.resolve(plugin + ".log");
  }

  /** Adds what the host notes. */
  public void note(String text) {
    write(List.of(new OutputLine(Instant.now(), HOST, PlainLine.oneLine(text))));
  }

  synchronized void write(List<OutputLine> lines) {
    if (writable) {
      try {
        append(lines);
        return;
      } catch (IOException e) {
        writable = false;
      }
    }
    for (OutputLine line : lines) {
      if (memory.size() == MOST_IN_MEMORY) {
        memory.removeFirst();
      }
      memory.addLast(line);
    }
  }

  private void append(List<OutputLine> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (OutputLine line : lines) {
      text.append(line.time()).append(' ').append(line.stream()).append(' ');
      text.append(line.text()).append('\n');
    }
    PrivateFiles.makeFolder(folder);
    if (Files.exists(file) && Files.size(file) > LARGEST) {
      Files.move(file, older(), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      PrivateFiles.makeFile(file);
    }
    // Opened each time: another host may have moved the file away.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private Path older() {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  /** The last lines, oldest first. */
  public synchronized List<OutputLine> last(int most) {
    Deque<OutputLine> lines = new ArrayDeque<>();
    read(older(), lines, most);
    read(file, lines, most);
    for (OutputLine line : memory) {
      add(line, lines, most);
    }
    return new ArrayList<>(lines);
  }

  private static void read(Path from, Deque<OutputLine> lines, int most) {
    if (!Files.isRegularFile(from)) {
      return;
    }
    try (Stream<String> all = Files.lines(from)) {
      all.forEach(
          text -> {
            int time = text.indexOf(' ');
            int stream = text.indexOf(' ', time + 1);
            if (time > 0 && stream > 0) {
              add(line(text, time, stream), lines, most);
            }
          });
    } catch (IOException | UncheckedIOException e) {
      // What cannot be read is not shown.
    }
  }

  private static OutputLine line(String text, int time, int stream) {
    Instant when;
    try {
      when = Instant.parse(text.substring(0, time));
    } catch (DateTimeParseException e) {
      return new OutputLine(Instant.EPOCH, HOST, text);
    }
    return new OutputLine(when, text.substring(time + 1, stream), text.substring(stream + 1));
  }

  private static void add(OutputLine line, Deque<OutputLine> lines, int most) {
    if (lines.size() == most) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Removes what was kept. */
  public synchronized void delete() throws IOException {
    memory.clear();
    Files.deleteIfExists(file);
    Files.deleteIfExists(older());
  }
}
