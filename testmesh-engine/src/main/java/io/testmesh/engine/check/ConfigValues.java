package io.testmesh.engine.check;

import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.value.Durations;
import io.testmesh.engine.value.JsonList;
import io.testmesh.engine.value.JsonMap;
import io.testmesh.engine.value.JsonText;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.value.NearNames;
import io.testmesh.engine.value.Numbers;
import io.testmesh.flow.SourceTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one converter of configuration values: holds a value against its type, fills in defaults, and
 * brings keys to their one spelling. Used before the run for what is written, and at run time for
 * what placeholders gave. Belongs to one thread.
 */
final class ConfigValues {
  private static final int SHOWN = 60;

  private final boolean written;
  private final Report report;

  private ConfigValues(boolean written, Report report) {
    this.written = written;
    this.report = report;
  }

  /** A converter of values as they were written: texts with placeholders are taken as they are. */
  static ConfigValues written(Report report) {
    return new ConfigValues(true, report);
  }

  /** A converter of values whose placeholders are filled in. */
  static ConfigValues rendered(Report report) {
    return new ConfigValues(false, report);
  }

  /** Is told what is wrong. */
  interface Report {
    /** A value is secret; told before anything is wrong with it. */
    void secret(@Nullable Object value);

    /** A key is not declared and looks like one that is. Told only before the run. */
    default void oddKey(String message, String hint, SourceTree place) {}

    /** A value or key is wrong. */
    void problem(
        String code, String message, @Nullable String hint, SourceTree place, boolean atKey);
  }

  /** The values of a map with known keys: one spelling, defaults filled in. */
  Map<String, @Nullable Object> object(
      List<ConfigKey> keys, Map<?, ?> map, SourceTree place, String what) {
    return object(keys, List.of(), false, map, place, what);
  }

  /**
   * The same for a map that may hold more keys than these.
   *
   * @param elsewhere keys that were taken out of the map before, for the hints
   * @param open whether it may hold any key, all of them as they are written
   */
  Map<String, @Nullable Object> object(
      List<ConfigKey> keys,
      List<ConfigKey> elsewhere,
      boolean open,
      Map<?, ?> map,
      SourceTree place,
      String what) {
    LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
    List<@Nullable String> meant = List.of();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      ConfigKey known = open ? findExactly(keys, key) : find(keys, key);
      if (known == null && open) {
        values.put(key, entry.getValue());
        String near = NearNames.hint(key, namesOf(keys));
        if (near != null) {
          report.oddKey("\"" + key + "\" is no key that " + what + " names", near, place.at(key));
        }
      } else if (known == null) {
        Set<String> names = namesOf(keys);
        names.addAll(namesOf(elsewhere));
        meant = new ArrayList<>(meant);
        meant.add(NearNames.find(key, names));
        report.problem(
            "unknown_key",
            "unknown key \"" + key + "\" in " + what,
            names.isEmpty() ? what + " takes no keys" : NearNames.hintOrNames(key, names),
            place.at(key),
            true);
      } else if (values.containsKey(known.name())) {
        report.problem(
            "duplicate_key",
            "\"" + key + "\" is another spelling of \"" + known.name() + "\", which is there too",
            null,
            place.at(key),
            true);
      } else {
        if (known.isSecret()) {
          report.secret(entry.getValue());
        }
        values.put(
            known.name(), convert(known.type(), entry.getValue(), place.at(key), known.name()));
      }
    }
    for (ConfigKey key : keys) {
      // A key with a typing error is there and was reported.
      if (!values.containsKey(key.name()) && !meant.contains(key.name())) {
        if (key.isRequired()) {
          report.problem(
              "missing_key",
              what + " needs \"" + key.name() + "\": " + key.type().describe(),
              null,
              place,
              true);
        } else if (key.defaultValue() != null) {
          values.put(key.name(), JsonValues.copy(key.defaultValue()));
        }
      }
    }
    return JsonMap.takeOver(values);
  }

  private static Set<String> namesOf(List<ConfigKey> keys) {
    Set<String> names = new LinkedHashSet<>();
    for (ConfigKey key : keys) {
      names.add(key.name());
    }
    return names;
  }

  /** The key with exactly that name. */
  static @Nullable ConfigKey findExactly(List<ConfigKey> keys, String name) {
    for (ConfigKey key : keys) {
      if (key.name().equals(name)) {
        return key;
      }
    }
    return null;
  }

  /** The key with that name, spelled in snake_case or camelCase, or as an older name. */
  static @Nullable ConfigKey find(List<ConfigKey> keys, String name) {
    for (ConfigKey key : keys) {
      if (key.name().equals(name) || key.aliases().contains(name)) {
        return key;
      }
    }
    for (ConfigKey key : keys) {
      if (sameKey(key.name(), name)) {
        return key;
      }
      for (String alias : key.aliases()) {
        if (sameKey(alias, name)) {
          return key;
        }
      }
    }
    return null;
  }

  private static boolean sameKey(String left, String right) {
    return snakeCase(left).equals(snakeCase(right));
  }

  private static String snakeCase(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        snake.append('_').append((char) (c + 32));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }

  /**
   * The value as the type has it; the value itself when it does not fit, which is then reported.
   */
  @Nullable Object convert(ConfigType type, @Nullable Object value, SourceTree place, String name) {
    if (type instanceof ConfigType.Simple simple) {
      return simple(simple, value, place, name);
    }
    if (isOpen(value) || type instanceof ConfigType.Schema) {
      return value;
    }
    if (type instanceof ConfigType.Choice choice) {
      return choice(choice, value, place, name);
    }
    if (type instanceof ConfigType.ListOf list) {
      return list(list, value, place, name);
    }
    if (type instanceof ConfigType.MapOf map) {
      return map(map, value, place, name);
    }
    if (type instanceof ConfigType.ObjectOf object) {
      return value instanceof Map<?, ?> map
          ? object(object.keys(), map, place, "\"" + name + "\"")
          : wrong(type, value, place, name);
    }
    return oneOf((ConfigType.OneOf) type, value, place, name);
  }

  /** Whether the value is a text whose placeholders are not filled in yet. */
  private boolean isOpen(@Nullable Object value) {
    return written && value instanceof String text && TextTemplate.isDynamic(text);
  }

  private @Nullable Object simple(
      ConfigType.Simple type, @Nullable Object value, SourceTree place, String name) {
    switch (type) {
      case ANY, EXPRESSION, ASSERTIONS, STEPS:
        return value;
      default:
        break;
    }
    if (isOpen(value)) {
      return value;
    }
    Object converted =
        switch (type) {
          case TEXT, FILE -> text(value);
          case INTEGER -> integer(value);
          case NUMBER -> number(value);
          case BOOLEAN -> bool(value);
          case DURATION -> duration(value);
          default -> value;
        };
    return converted == null ? wrong(type, value, place, name) : converted;
  }

  /** A text; what a placeholder gave may be a number or boolean where a text is wanted. */
  private @Nullable Object text(@Nullable Object value) {
    boolean scalar = value instanceof Number || value instanceof Boolean;
    return value instanceof String ? value : !written && scalar ? plain(value) : null;
  }

  private static String plain(@Nullable Object value) {
    return value instanceof Double || value instanceof BigDecimal
        ? Numbers.decimal((Number) value).toPlainString()
        : String.valueOf(value);
  }

  private static @Nullable Object integer(@Nullable Object value) {
    Object number =
        value instanceof String text && isNumber(text, false) ? Numbers.parse(text) : value;
    return number instanceof Long ? number : number instanceof Number other ? whole(other) : null;
  }

  /** {@code 5.0} is the whole number 5; null for one with a fraction, or out of range. */
  private static @Nullable Long whole(Number number) {
    BigDecimal exact = Numbers.decimal(number);
    if (exact.precision() - exact.scale() > 19) {
      return null;
    }
    try {
      return exact.longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Object number(@Nullable Object value) {
    if (value instanceof String text) {
      return isNumber(text, true) ? Numbers.parse(text) : null;
    }
    return value instanceof Number ? value : null;
  }

  private static boolean isNumber(String text, boolean fraction) {
    int digits = 0;
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && fraction && points == 0 && digits > 0) {
        points++;
      } else if (c != '-' || i > 0) {
        return false;
      }
    }
    return digits > 0 && text.charAt(text.length() - 1) != '.';
  }

  private @Nullable Object bool(@Nullable Object value) {
    if (!written && value instanceof String text) {
      return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }
    return value instanceof Boolean ? value : null;
  }

  private static @Nullable Object duration(@Nullable Object value) {
    return Durations.parse(value) == null ? null : value;
  }

  private @Nullable Object choice(
      ConfigType.Choice type, @Nullable Object value, SourceTree place, String name) {
    if (!(value instanceof String text)) {
      return wrong(type, value, place, name);
    }
    if (!type.allowed().contains(text)) {
      String near = NearNames.hint(text, type.allowed());
      report.problem(
          "invalid_value",
          "\"" + name + "\" wants " + type.describe() + ", got \"" + text + "\"",
          near,
          place,
          false);
    }
    return value;
  }

  private @Nullable Object list(
      ConfigType.ListOf type, @Nullable Object value, SourceTree place, String name) {
    if (!(value instanceof List<?> list)) {
      return wrong(type, value, place, name);
    }
    if (type.item() == ConfigType.ANY) {
      return list;
    }
    List<@Nullable Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      int index = items.size();
      items.add(convert(type.item(), item, place.at(index), name + "[" + index + "]"));
    }
    return JsonList.takeOver(items);
  }

  private @Nullable Object map(
      ConfigType.MapOf type, @Nullable Object value, SourceTree place, String name) {
    if (!(value instanceof Map<?, ?> map)) {
      return wrong(type, value, place, name);
    }
    if (type.value() == ConfigType.ANY) {
      return map;
    }
    LinkedHashMap<String, @Nullable Object> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      entries.put(key, convert(type.value(), entry.getValue(), place.at(key), name + "." + key));
    }
    return JsonMap.takeOver(entries);
  }

  /** Whether a value as it was written is of the type. */
  static boolean fits(ConfigType type, @Nullable Object value) {
    return fits(true, type, value);
  }

  private static boolean fits(boolean written, ConfigType type, @Nullable Object value) {
    if (type == ConfigType.EXPRESSION) {
      // Whether it can be read is found out later; that it is none is to be seen now.
      return !(value instanceof Map || value instanceof List);
    }
    Trial trial = new Trial();
    new ConfigValues(written, trial).convert(type, value, SourceTree.NONE, "");
    return !trial.failed;
  }

  private @Nullable Object oneOf(
      ConfigType.OneOf type, @Nullable Object value, SourceTree place, String name) {
    ConfigType nearest = null;
    for (ConfigType candidate : type.types()) {
      if (fits(written, candidate, value)) {
        return convert(candidate, value, place, name);
      }
      // A map that fails as a map with known keys is better explained by those keys.
      if (fitsShape(candidate, value)) {
        nearest = candidate;
      }
    }
    return nearest == null ? wrong(type, value, place, name) : convert(nearest, value, place, name);
  }

  /** Only finds out whether anything is wrong. */
  private static final class Trial implements Report {
    private boolean failed;

    @Override
    public void secret(@Nullable Object value) {}

    @Override
    public void problem(
        String code, String message, @Nullable String hint, SourceTree place, boolean atKey) {
      failed = true;
    }
  }

  private static boolean fitsShape(ConfigType type, @Nullable Object value) {
    return value instanceof Map<?, ?>
        ? type instanceof ConfigType.ObjectOf || type instanceof ConfigType.MapOf
        : value instanceof List<?>
            ? type instanceof ConfigType.ListOf
            : value instanceof String && type instanceof ConfigType.Choice;
  }

  private @Nullable Object wrong(
      ConfigType type, @Nullable Object value, SourceTree place, String name) {
    if (report instanceof Trial trial) {
      // Nobody reads the message.
      trial.failed = true;
      return value;
    }
    boolean textForList = type instanceof ConfigType.ListOf && value instanceof String;
    report.problem(
        "wrong_type",
        "\"" + name + "\" wants " + type.describe() + ", got " + shown(value),
        textForList ? "write it as a list: [" + shortened(String.valueOf(value)) + "]" : null,
        place,
        false);
    return value;
  }

  /** The value with its type, such as {@code a list: [30, "s"]}. */
  static String shown(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    return "a " + JsonValues.type(value) + ": " + shortened(JsonText.SHARED.render(value));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
