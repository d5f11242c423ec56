package io.testmesh.plugin.registry;

import io.testmesh.plugin.json.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Guesses how grave a line of output is; what looks like nothing is a plain line. */
final class LineLevel {
  private static final List<String> KEYS = List.of("level", "severity", "lvl", "@level");
  private static final int LONGEST_JSON = 16 * 1024;

  private LineLevel() {}

  /**
   * {@code debug}, {@code info}, {@code warn} or {@code error}; null when the line says nothing.
   */
  static @Nullable String of(String line) {
    String text = line.strip();
    if (text.startsWith("{")) {
      return ofJson(text);
    }
    if (text.startsWith("Traceback (most recent call last)")) {
      return "error";
    }
    String word = firstWord(text);
    return word.isEmpty() ? null : level(word);
  }

  private static @Nullable String ofJson(String text) {
    if (text.length() > LONGEST_JSON) {
      return null;
    }
    Map<String, @Nullable Object> record =
        JsonDocument.read(text.getBytes(StandardCharsets.UTF_8)).object();
    if (record == null) {
      return null;
    }
    for (String key : KEYS) {
      if (record.get(key) instanceof String name) {
        return level(name);
      }
    }
    return null;
  }

  /** The word in brackets, or in front of a colon, that the line begins with. */
  private static String firstWord(String text) {
    int start = text.startsWith("[") ? 1 : 0;
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    char after = end < text.length() ? text.charAt(end) : ' ';
    return after == (start == 1 ? ']' : ':') ? text.substring(start, end) : "";
  }

  private static @Nullable String level(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "trace", "debug" -> "debug";
      case "info", "notice" -> "info";
      case "warn", "warning" -> "warn";
      case "error", "err", "fatal", "critical", "panic", "severe" -> "error";
      default -> null;
    };
  }
}
