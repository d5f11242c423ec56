package io.testmesh.engine.load;

import io.testmesh.engine.value.Durations;
import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.flow.SourceSpan;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one map. What is not as expected becomes a problem, and the answer is then the
 * same as for a key that is not there.
 */
final class MapReader {
  private static final int LONGEST_NAME = 255;
  private static final String STEP_FORM = "{action: …}";
  private static final String LEAVE_OUT = "leave the key out, or give it a value";

  private final Problems problems;
  private final YamlMap map;
  private final Subject subject;
  private final SourceSpan place;
  private final Set<String> meant = new HashSet<>();

  /**
   * Looks at the keys.
   *
   * @param subject what the map describes
   * @param place where to say that a key is missing
   * @param known the keys that may be there
   */
  MapReader(Problems problems, YamlMap map, Subject subject, SourceSpan place, List<String> known) {
    this.problems = problems;
    this.map = map;
    this.subject = subject;
    this.place = place;
    for (YamlMap.Entry entry : map.entries()) {
      if (!known.contains(entry.key())) {
        unknown(entry, known);
      }
    }
  }

  private void unknown(YamlMap.Entry entry, List<String> known) {
    String near = NearNames.find(entry.key(), known);
    if (near != null) {
      meant.add(near);
    }
    problems.add(
        Problems.UNKNOWN_KEY,
        problems.document().span(entry),
        "unknown key \"" + entry.key() + "\" in " + subject,
        NearNames.hintOrNames(entry.key(), known));
  }

  Subject subject() {
    return subject;
  }

  YamlMap map() {
    return map;
  }

  YamlMap.@Nullable Entry entry(String key) {
    return map.entry(key);
  }

  /** Says that a key is missing, unless a misspelled one was meant to be it. */
  void missing(String key, @Nullable String hint) {
    if (!meant.contains(key)) {
      problems.add(Problems.MISSING_KEY, place, subject + " has no \"" + key + "\"", hint);
    }
  }

  /** Says that a key is missing if it is. */
  void require(String key, @Nullable String hint) {
    if (entry(key) == null) {
      missing(key, hint);
    }
  }

  @Nullable String text(String key) {
    YamlMap.Entry entry = entry(key);
    return entry == null ? null : text(entry);
  }

  private @Nullable String text(YamlMap.Entry entry) {
    Object value = entry.value().value();
    if (value instanceof String text) {
      return text;
    }
    problems.wrongType(entry, "a text", textHint(entry.value()));
    return null;
  }

  private @Nullable String textHint(YamlNode value) {
    return value.isNull()
        ? LEAVE_OUT
        : value.value() instanceof Number || value.value() instanceof Boolean
            ? "write \"" + problems.document().written(value) + "\" in quotes"
            : null;
  }

  /** A text that is not blank and not too long. */
  @Nullable String name(String key) {
    YamlMap.Entry entry = entry(key);
    String text = entry == null ? null : text(entry);
    if (entry == null || text == null) {
      return null;
    }
    int length = text.codePointCount(0, text.length());
    if (text.isBlank()) {
      problems.invalid(entry, "a text that is not empty", null);
    } else if (length > LONGEST_NAME) {
      problems.add(
          Problems.INVALID_VALUE,
          problems.place(entry),
          "\"" + key + "\" wants at most " + LONGEST_NAME + " characters, got " + length,
          null);
    } else {
      return text;
    }
    return null;
  }

  /** A list of texts; empty where the key is not there. */
  List<String> texts(String key, String example) {
    YamlList list = list(key, "a list of texts", example);
    if (list == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(list.items().size());
    for (YamlNode item : list.items()) {
      if (item.value() instanceof String text && !text.isBlank()) {
        texts.add(text);
      } else {
        problems.wrongType(
            "an item of \"" + key + "\"",
            problems.document().span(item),
            item.value() instanceof String ? "a text that is not empty" : "a text",
            item,
            item.isNull() ? null : textHint(item));
      }
    }
    return texts;
  }

  /** The list of a key that holds steps. */
  @Nullable YamlList steps(String key) {
    return list(key, "a list of steps", STEP_FORM);
  }

  /**
   * The list of a key; a single value is never taken for a list of one.
   *
   * @param example an item, for a hint
   */
  @Nullable YamlList list(String key, String wanted, String example) {
    YamlMap.Entry entry = entry(key);
    if (entry == null) {
      return null;
    }
    if (entry.value() instanceof YamlList list) {
      return list;
    }
    boolean single = entry.value().value() instanceof String && !example.equals(STEP_FORM);
    String form = single ? Shown.plain(problems.document(), entry.value()) : example;
    problems.wrongType(
        entry,
        wanted,
        entry.value().isNull() ? LEAVE_OUT : "write a list: " + key + ": [" + form + "]");
    return null;
  }

  @Nullable YamlMap map(String key, String wanted) {
    YamlMap.Entry entry = entry(key);
    if (entry == null) {
      return null;
    }
    if (entry.value() instanceof YamlMap found) {
      return found;
    }
    problems.wrongType(entry, wanted, entry.value().isNull() ? LEAVE_OUT : null);
    return null;
  }

  @Nullable Boolean flag(String key) {
    YamlMap.Entry entry = entry(key);
    if (entry == null) {
      return null;
    }
    if (entry.value().value() instanceof Boolean flag) {
      return flag;
    }
    problems.wrongType(entry, "true or false", entry.value().isNull() ? LEAVE_OUT : null);
    return null;
  }

  @Nullable Long integer(String key) {
    YamlMap.Entry entry = entry(key);
    if (entry == null) {
      return null;
    }
    Object value = entry.value().value();
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof BigInteger) {
      problems.invalid(entry, "a whole number of at most 64 bits", null);
    } else {
      problems.wrongType(entry, "a whole number", entry.value().isNull() ? LEAVE_OUT : null);
    }
    return null;
  }

  /** A duration longer than nothing. */
  @Nullable Duration duration(String key) {
    Duration duration = pause(key);
    YamlMap.Entry entry = entry(key);
    if (entry != null && duration != null && duration.isZero()) {
      problems.invalid(entry, "a duration longer than 0", null);
      return null;
    }
    return duration;
  }

  /** A duration, also an empty one. */
  @Nullable Duration pause(String key) {
    YamlMap.Entry entry = entry(key);
    if (entry == null) {
      return null;
    }
    Object value = entry.value().value();
    Duration duration = Durations.parse(value);
    if (duration != null) {
      return duration;
    }
    if (value instanceof String text) {
      boolean placeholder = text.contains("${") || text.contains("{{");
      problems.invalid(
          entry,
          Durations.WANTED,
          placeholder ? "placeholders are not possible here" : "the units are ms, s, m and h");
    } else if (value instanceof Number) {
      problems.invalid(entry, Durations.WANTED + ", not negative and at most 100 years", null);
    } else {
      problems.wrongType(entry, Durations.WANTED, entry.value().isNull() ? LEAVE_OUT : null);
    }
    return null;
  }

  /** One of a few words. */
  @Nullable String choice(String key, List<String> words) {
    YamlMap.Entry entry = entry(key);
    if (entry == null) {
      return null;
    }
    if (entry.value().value() instanceof String word) {
      if (words.contains(word)) {
        return word;
      }
      problems.invalid(entry, listed(words), NearNames.hint(word, words));
    } else {
      problems.wrongType(entry, listed(words), entry.value().isNull() ? LEAVE_OUT : null);
    }
    return null;
  }

  private static String listed(List<String> words) {
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
