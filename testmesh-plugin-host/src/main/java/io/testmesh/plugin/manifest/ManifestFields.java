package io.testmesh.plugin.manifest;

import io.testmesh.plugin.json.JsonDocument;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one manifest and collects what is wrong with them. */
final class ManifestFields {
  private static final String INVALID = "MANIFEST_INVALID";
  private static final String ENTRY_POINT = "entry_point";

  private static final List<String> KNOWN =
      List.of(
          "id",
          "name",
          "version",
          "type",
          ENTRY_POINT,
          "description",
          "author",
          "homepage",
          "permissions",
          "config",
          "protocol",
          "requires",
          "runtime",
          "config_schema",
          "start_timeout",
          "env",
          "examples");

  private final JsonDocument document;
  private final Path folder;
  private final List<ManifestProblem> problems;
  private final List<PluginWarning> warnings = new ArrayList<>();
  private final Map<String, @Nullable Object> raw = new LinkedHashMap<>();
  private @Nullable String id;
  private @Nullable Manifest manifest;

  ManifestFields(JsonDocument document, Path folder, List<ManifestProblem> problems) {
    this.document = document;
    this.folder = folder;
    this.problems = problems;
    if (document.value() instanceof Map<?, ?> object) {
      object.forEach((key, value) -> raw.put(String.valueOf(key), value));
    }
  }

  ManifestReport report(String folderName) {
    return new ManifestReport(folderName, id, raw, manifest, problems, warnings);
  }

  /** Reads all fields; makes the manifest when none is wrong. */
  void read(boolean strictVersion, Supplier<Set<String>> builtIns, @Nullable SemanticVersion host) {
    unknownKeys();
    String name = required("name");
    String givenId = required("id");
    if (givenId != null) {
      checkId(givenId, builtIns);
    }
    String version = required("version");
    if (version != null) {
      checkVersion(version, strictVersion);
    }
    PluginType type = type();
    String entry = required(ENTRY_POINT);
    if (entry != null) {
      EntryPoint.Fault fault = EntryPoint.fault(folder, entry);
      if (fault != null) {
        String said = "entry_point " + Quoted.text(entry) + " " + fault.message();
        problem(fault.code(), ENTRY_POINT, said, fault.hint());
      }
    }
    for (String text : List.of("description", "author", "homepage")) {
      if (raw.get(text) != null && !(raw.get(text) instanceof String)) {
        wrongType(text, "a text");
      }
    }
    Map<String, @Nullable Object> config = config();
    List<String> permissions = texts("permissions");
    List<String> environment = environment();
    Duration startTimeout = startTimeout();
    new HostNeeds(this).check(raw, host);
    if (problems.isEmpty()
        && givenId != null
        && name != null
        && version != null
        && type != null
        && entry != null) {
      manifest =
          new Manifest(
              givenId,
              name,
              version,
              type,
              entry,
              config,
              permissions,
              startTimeout,
              environment,
              raw,
              folder,
              warnings);
    }
  }

  void problem(String code, String key, String message, @Nullable String hint) {
    String pointer = key.isEmpty() ? "" : JsonDocument.pointer("", key);
    problemAt(code, pointer, message, hint);
  }

  void warn(String code, String message) {
    warnings.add(new PluginWarning(code, message));
  }

  private void problemAt(String code, String pointer, String message, @Nullable String hint) {
    JsonDocument.Place place = document.place(pointer);
    String text =
        document.places().containsKey(pointer)
            ? Manifest.FILE + ":" + place.line() + ":" + place.column()
            : Manifest.FILE;
    problems.add(new ManifestProblem(code, text, pointer, message, hint));
  }

  private void wrongType(String key, String wanted) {
    problem(INVALID, key, "\"" + key + "\" wants " + wanted + ", got " + found(raw.get(key)), null);
  }

  private static String found(@Nullable Object value) {
    if (value instanceof String text) {
      return text.isBlank() ? "an empty text" : "the text " + Quoted.text(text);
    }
    if (value instanceof Map<?, ?>) {
      return "an object";
    }
    return value == null
        ? "null"
        : value instanceof List<?>
            ? "a list"
            : (value instanceof Number ? "the number " : "") + Quoted.inside(value.toString());
  }

  private @Nullable String required(String key) {
    Object value = raw.get(key);
    if (value instanceof String text && !text.isBlank() && text.indexOf('\0') < 0) {
      return text;
    }
    if (raw.containsKey(key)) {
      wrongType(key, "a text");
      return null;
    }
    String hint = null;
    for (String other : raw.keySet()) {
      if (!KNOWN.contains(other) && key.equals(NearName.of(other, KNOWN))) {
        hint = Quoted.text(other) + " is written " + key;
      }
    }
    problem(INVALID, key, "\"" + key + "\" is missing", hint);
    return null;
  }

  private void unknownKeys() {
    for (String key : raw.keySet()) {
      String near = KNOWN.contains(key) ? null : NearName.of(key, KNOWN);
      if (near != null) {
        int line = document.place(JsonDocument.pointer("", key)).line();
        warn(
            "MANIFEST_UNKNOWN_KEY",
            Manifest.FILE
                + ":"
                + line
                + " has an unknown key "
                + Quoted.text(key)
                + "; did you mean \""
                + near
                + "\"?");
      }
    }
  }

  private void checkId(String given, Supplier<Set<String>> builtIns) {
    String fault = PluginId.fault(given);
    if (fault != null) {
      String near = PluginId.suggestion(given);
      String hint = near == null ? null : "for example \"" + near + "\"";
      problem("ID_INVALID", "id", "id " + Quoted.text(given) + " " + fault, hint);
    } else if (PluginId.isReserved(given)) {
      String said = "id \"" + given + "\" is a word that the address of plugins needs";
      problem("ID_RESERVED", "id", said, "for example \"" + given + "-plugin\"");
    } else if (isBuiltIn(given, builtIns.get())) {
      String said = "id \"" + given + "\" is the name of built-in actions, which win";
      problem("ID_BUILTIN_CLASH", "id", said, "give the plugin another id");
      id = given;
    } else {
      id = given;
    }
  }

  /** Whether a built-in action has that name, or names of which it is the first part. */
  private static boolean isBuiltIn(String id, Set<String> builtIns) {
    String prefix = id + ".";
    for (String name : builtIns) {
      if (name.equals(id) || name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private void checkVersion(String version, boolean strict) {
    if (SemanticVersion.parse(version) != null) {
      return;
    }
    String near = SemanticVersion.suggestion(version);
    String said = "version " + Quoted.text(version) + " is no semantic version such as 1.0.0";
    if (strict) {
      problem("VERSION_INVALID", "version", said, near == null ? null : "write \"" + near + "\"");
    } else {
      warn("VERSION_INVALID", said + (near == null ? "" : "; write \"" + near + "\""));
    }
  }

  private @Nullable PluginType type() {
    String key = required("type");
    PluginType type = key == null ? null : PluginType.of(key);
    if (key != null && type == null) {
      List<String> names = new ArrayList<>();
      for (PluginType known : PluginType.values()) {
        names.add(known.key());
      }
      String near = NearName.of(key, names);
      problem(
          "TYPE_UNKNOWN",
          "type",
          "type " + Quoted.text(key) + " is none of " + String.join(", ", names),
          near == null ? null : "did you mean \"" + near + "\"?");
    }
    return type;
  }

  private Map<String, @Nullable Object> config() {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    if (raw.get("config") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> config.put(String.valueOf(key), value));
    } else if (raw.get("config") != null) {
      wrongType("config", "an object");
    }
    return config;
  }

  private List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (raw.get(key) instanceof List<?> given) {
      for (int i = 0; i < given.size(); i++) {
        if (given.get(i) instanceof String text && !text.isBlank()) {
          texts.add(text);
        } else {
          String said = "\"" + key + "\" wants texts, got " + found(given.get(i));
          problemAt(INVALID, "/" + key + "/" + i, said, null);
        }
      }
    } else if (raw.get(key) != null) {
      wrongType(key, "a list of texts");
    }
    return texts;
  }

  private List<String> environment() {
    List<String> names = texts("env");
    for (String name : names) {
      boolean good = !Character.isDigit(name.charAt(0));
      for (int i = 0; i < name.length(); i++) {
        good &= name.charAt(i) < 128 && Character.isJavaIdentifierPart(name.charAt(i));
      }
      if (!good || name.indexOf('$') >= 0) {
        String said = "\"env\" wants names of the environment, got " + Quoted.text(name);
        problem(INVALID, "env", said, "the values are given by the user, with --plugin-env");
      }
    }
    return names;
  }

  private @Nullable Duration startTimeout() {
    Object value = raw.get("start_timeout");
    Duration duration = StartLimit.of(value);
    if (value != null && duration == null) {
      wrongType("start_timeout", "a duration such as 45s, or seconds, up to an hour");
    }
    return duration;
  }

  /** A whole number that JSON may also write as {@code 2.0} or as a text; null for none. */
  static @Nullable Integer major(@Nullable Object value) {
    try {
      String text = value instanceof Number || value instanceof String ? value.toString() : "";
      int dot = text.indexOf('.');
      return text.isEmpty() || text.length() > 9
          ? null
          : new BigDecimal(dot < 0 ? text : text.substring(0, dot)).intValueExact();
    } catch (NumberFormatException | ArithmeticException none) {
      return null;
    }
  }
}
