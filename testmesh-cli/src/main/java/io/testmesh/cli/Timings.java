package io.testmesh.cli;

import io.testmesh.FlowTools;
import io.testmesh.action.ActionException;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long flows took in an earlier run, as its JSON report says. Immutable after reading. */
final class Timings {
  private final Map<String, Duration> byFile = new HashMap<>();
  private @Nullable Problem problem;
  private @Nullable String note;

  private Timings() {}

  /**
   * Reads {@code --timings}.
   *
   * @throws UsageException when it is given without {@code --shard}
   */
  static Timings read(Arguments arguments, FlowTools tools) throws UsageException {
    Timings timings = new Timings();
    String file = arguments.value("--timings");
    if (file == null) {
      return timings;
    }
    if (!arguments.has("--shard")) {
      throw new UsageException("--timings balances shards; it wants --shard I/N too");
    }
    try {
      byte[] content = Files.readAllBytes(Path.of(file));
      timings.add(tools.json().parse(new String(content, StandardCharsets.UTF_8)));
      timings.note = "shards are balanced by " + file + ", sha256 " + hash(content);
      if (timings.byFile.isEmpty()) {
        timings.fail(file, "invalid_value", "the timings \"" + file + "\" hold no flows");
      }
    } catch (NoSuchFileException e) {
      timings.fail(file, "file_not_found", "there is no file \"" + file + "\" (--timings)");
    } catch (IOException e) {
      timings.fail(file, "file_not_found", "cannot be read: " + ReportTarget.reason(e));
    } catch (ActionException e) {
      timings.fail(file, "invalid_value", "the timings are no JSON report: " + e.getMessage());
    }
    return timings;
  }

  private void fail(String file, String code, String message) {
    problem =
        Problem.error(
            code,
            message,
            new SourceSpan(file, 0, 0, 0, 0),
            "it is a report of an earlier run: --report json=FILE");
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Adds up the rows of a file. */
  private void add(@Nullable Object report) {
    if (report instanceof Map<?, ?> map && map.get("flows") instanceof List<?> flows) {
      for (Object entry : flows) {
        if (entry instanceof Map<?, ?> flow
            && flow.get("file") instanceof String file
            && flow.get("duration_ms") instanceof Number millis) {
          byFile.merge(file, Duration.ofMillis(millis.longValue()), Duration::plus);
        }
      }
    }
  }

  /** How long each file took. */
  Map<String, Duration> byFile() {
    return byFile;
  }

  /** What was wrong with the file, or null. */
  @Nullable Problem problem() {
    return problem;
  }

  /** Which timings decided, for people and reports; null without any. */
  @Nullable String note() {
    return note;
  }
}
