package io.testmesh.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about an action without running it: the single source for checking, completion,
 * the catalogue and the reference pages. Immutable; each method gives a descriptor with one thing
 * more.
 *
 * @since 0.1
 */
public final class ActionDescriptor {
  /** The key under which a step names a connection. */
  public static final String CONNECTION = "connection";

  private final Parts parts;

  private ActionDescriptor(Parts parts) {
    this.parts = parts;
  }

  /** An action without keys, under the name that flows use. */
  public static ActionDescriptor of(String id) {
    Parts parts = new Parts(Objects.requireNonNull(id, "id"));
    return new ActionDescriptor(parts);
  }

  private ActionDescriptor with(Consumer<Parts> change) {
    Parts copy = new Parts(parts);
    change.accept(copy);
    return new ActionDescriptor(copy);
  }

  /** With one or more sentences for people. */
  public ActionDescriptor describedAs(String text) {
    Objects.requireNonNull(text, "text");
    return with(more -> more.description = text);
  }

  /** With a key that must be there. */
  public ActionDescriptor required(String name, ConfigType type, String text) {
    return key(ConfigKey.required(name, type, text));
  }

  /** With a key that may be left out and then has no value. */
  public ActionDescriptor optional(String name, ConfigType type, String text) {
    return key(ConfigKey.optional(name, type, text));
  }

  /** With a key that may be left out and then has the default, written as a flow would write it. */
  public ActionDescriptor optional(
      String name, ConfigType type, @Nullable Object defaultValue, String text) {
    return key(ConfigKey.optional(name, type, defaultValue, text));
  }

  /** With a key. */
  public ActionDescriptor key(ConfigKey key) {
    return with(more -> more.keys = added(more.keys, key));
  }

  /**
   * With the keys of a connection, and {@code connection}, which names one: each of the keys may
   * stand in the step, or under that name in the flow's {@code config.connections} or the runner's
   * connections. The handler finds all of them in the step's configuration and never sees {@code
   * connection}.
   *
   * @param keys none of them required
   */
  public ActionDescriptor connection(ConfigKey... keys) {
    return connection(
        "The name of a connection, for the keys that the step leaves out", false, keys);
  }

  /**
   * With the keys of a connection as {@link #connection(ConfigKey...)} has them, for an action
   * whose {@code connection} may also hold an address: the handler sees it when it is not the name
   * of a connection.
   */
  public ActionDescriptor connectionOrAddress(ConfigKey... keys) {
    return connection("The address, or the name of a connection", true, keys);
  }

  private ActionDescriptor connection(String text, boolean mayBeAddress, ConfigKey... keys) {
    ActionDescriptor all = optional(CONNECTION, ConfigType.TEXT, text);
    for (ConfigKey key : keys) {
      if (key.isRequired()) {
        throw new IllegalArgumentException(
            "\"" + key.name() + "\" may stand in a connection, so no step is required to have it");
      }
      all = all.key(key);
    }
    List<ConfigKey> declared = List.of(keys);
    return all.with(
        more -> {
          more.connectionKeys = declared;
          more.connectionMayBeAddress = mayBeAddress;
        });
  }

  /** With a key of the result. */
  public ActionDescriptor result(String name, ConfigType type, String text) {
    ResultKey key = new ResultKey(name, type, text);
    return with(more -> more.addResult(key));
  }

  /** With a result that may hold more keys than are declared. */
  public ActionDescriptor openResult() {
    return with(more -> more.openResult = true);
  }

  /**
   * With a configuration that may hold more keys than are declared. Keys are then taken as they are
   * written, without other spellings.
   */
  public ActionDescriptor openConfig() {
    return with(more -> more.openConfig = true);
  }

  /**
   * An action that looks once and is repeated by the engine: its configuration also takes {@code
   * assert}, {@code within}, {@code every} and {@code for}, which the handler never sees. A step
   * has to assert something, or to give one of the conditions.
   *
   * @param conditions the keys of the configuration that say by themselves what has to hold
   */
  public ActionDescriptor polling(String... conditions) {
    Set<String> keys = Set.of(conditions);
    return with(
        more -> {
          more.polls = true;
          more.conditions = keys;
        });
  }

  /**
   * A {@linkplain #polling polling} action with the time that it is given when a step says none.
   */
  public ActionDescriptor polling(Duration within, String... conditions) {
    return polling(conditions).with(more -> more.pollsWithin = within);
  }

  /**
   * With expressions and assertions in its configuration that see the keys of a value first.
   *
   * @param key the configuration's key that holds the value; when a step leaves it out, its
   *     expressions see what every expression sees
   */
  public ActionDescriptor expressionsOver(String key) {
    return with(more -> more.expressionsOver = key);
  }

  /** With a step as it would stand in a flow, in YAML. */
  public ActionDescriptor example(String yaml) {
    return with(more -> more.example = yaml);
  }

  /** The name that flows use. */
  public String id() {
    return parts.id;
  }

  /** Sentences for people; may be empty. */
  public String description() {
    return parts.description;
  }

  /** The keys of the configuration, in the order in which they are shown. */
  public List<ConfigKey> keys() {
    return parts.keys;
  }

  /** The declared keys of the result. */
  public List<ResultKey> results() {
    return parts.results;
  }

  /** The names of the declared keys of the result, in order. */
  public Set<String> resultNames() {
    return parts.resultNames;
  }

  /** Whether the result may hold more keys than are declared; always so when none is. */
  public boolean isResultOpen() {
    return parts.openResult || parts.results.isEmpty();
  }

  /** Whether the configuration may hold more keys than are declared. */
  public boolean isConfigOpen() {
    return parts.openConfig;
  }

  /** Whether the engine repeats the action until its assertions hold. */
  public boolean isPolling() {
    return parts.polls;
  }

  /** How long the engine repeats a polling action when a step does not say. */
  public Optional<Duration> pollsWithin() {
    return Optional.ofNullable(parts.pollsWithin);
  }

  /** The keys of a polling action's configuration that say by themselves what has to hold. */
  public Set<String> conditions() {
    return parts.conditions;
  }

  /** The keys that may stand in a connection; empty when the action has none. */
  public List<ConfigKey> connectionKeys() {
    return parts.connectionKeys;
  }

  /** Whether {@code connection} may hold an address in place of a name. */
  public boolean isConnectionAnAddress() {
    return parts.connectionMayBeAddress;
  }

  /** The key of the configuration whose value's keys its expressions see first. */
  public Optional<String> expressionsOver() {
    return Optional.ofNullable(parts.expressionsOver);
  }

  /** A step as it would stand in a flow. */
  public Optional<String> example() {
    return Optional.ofNullable(parts.example);
  }

  private static <T> List<T> added(List<T> list, T last) {
    List<T> more = new ArrayList<>(list);
    more.add(last);
    return List.copyOf(more);
  }

  /** Everything in it; changed only before it is handed to a descriptor. */
  private static final class Parts {
    private final String id;
    private String description = "";
    private List<ConfigKey> keys = List.of();
    private List<ConfigKey> connectionKeys = List.of();
    private boolean connectionMayBeAddress;
    private List<ResultKey> results = List.of();
    private Set<String> resultNames = Set.of();
    private boolean openResult;
    private boolean openConfig;
    private boolean polls;
    private Set<String> conditions = Set.of();
    private @Nullable Duration pollsWithin;
    private @Nullable String expressionsOver;
    private @Nullable String example;

    Parts(String id) {
      this.id = id;
    }

    Parts(Parts other) {
      id = other.id;
      description = other.description;
      keys = other.keys;
      connectionKeys = other.connectionKeys;
      connectionMayBeAddress = other.connectionMayBeAddress;
      results = other.results;
      resultNames = other.resultNames;
      openResult = other.openResult;
      openConfig = other.openConfig;
      polls = other.polls;
      conditions = other.conditions;
      pollsWithin = other.pollsWithin;
      expressionsOver = other.expressionsOver;
      example = other.example;
    }

    void addResult(ResultKey key) {
      results = added(results, key);
      Set<String> names = new LinkedHashSet<>(resultNames);
      names.add(key.name());
      resultNames = Collections.unmodifiableSet(names);
    }
  }

  /**
   * A key of an action's result.
   *
   * @param name the key
   * @param type the type of its value
   * @param description one sentence for people
   */
  public record ResultKey(String name, ConfigType type, String description) {
    /** Checks that the parts are present. */
    public ResultKey {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(description, "description");
    }
  }
}
