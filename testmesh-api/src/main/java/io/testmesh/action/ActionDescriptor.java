package io.testmesh.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about an action without running it: the single source for checking, completion,
 * the catalogue and the reference pages. Immutable; each method gives a descriptor with one thing
 * more.
 *
 * @since 0.1
 */
public final class ActionDescriptor {
  private final String id;
  private final String description;
  private final List<ConfigKey> keys;
  private final List<ResultKey> results;
  private final Set<String> resultNames;
  private final boolean openResult;
  private final boolean openConfig;
  private final boolean polls;
  private final @Nullable String expressionsOver;
  private final @Nullable String example;

  private ActionDescriptor(
      String id,
      String description,
      List<ConfigKey> keys,
      List<ResultKey> results,
      boolean openResult,
      boolean openConfig,
      boolean polls,
      @Nullable String expressionsOver,
      @Nullable String example) {
    this.id = Objects.requireNonNull(id, "id");
    this.description = Objects.requireNonNull(description, "description");
    this.keys = List.copyOf(keys);
    this.results = List.copyOf(results);
    Set<String> names = new LinkedHashSet<>();
    for (ResultKey key : results) {
      names.add(key.name());
    }
    this.resultNames = Collections.unmodifiableSet(names);
    this.openResult = openResult;
    this.openConfig = openConfig;
    this.polls = polls;
    this.expressionsOver = expressionsOver;
    this.example = example;
  }

  /** An action without keys, under the name that flows use. */
  public static ActionDescriptor of(String id) {
    return new ActionDescriptor(id, "", List.of(), List.of(), false, false, false, null, null);
  }

  /** With one or more sentences for people. */
  public ActionDescriptor describedAs(String text) {
    return new ActionDescriptor(
        id, text, keys, results, openResult, openConfig, polls, expressionsOver, example);
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
    List<ConfigKey> more = new ArrayList<>(keys);
    more.add(key);
    return new ActionDescriptor(
        id, description, more, results, openResult, openConfig, polls, expressionsOver, example);
  }

  /** With a key of the result. */
  public ActionDescriptor result(String name, ConfigType type, String text) {
    List<ResultKey> more = new ArrayList<>(results);
    more.add(new ResultKey(name, type, text));
    return new ActionDescriptor(
        id, description, keys, more, openResult, openConfig, polls, expressionsOver, example);
  }

  /** With a result that may hold more keys than are declared. */
  public ActionDescriptor openResult() {
    return new ActionDescriptor(
        id, description, keys, results, true, openConfig, polls, expressionsOver, example);
  }

  /**
   * With a configuration that may hold more keys than are declared. Keys are then taken as they are
   * written, without other spellings.
   */
  public ActionDescriptor openConfig() {
    return new ActionDescriptor(
        id, description, keys, results, openResult, true, polls, expressionsOver, example);
  }

  /**
   * An action that looks once and is repeated by the engine: its configuration also takes {@code
   * assert}, {@code within}, {@code every} and {@code for}, which the handler never sees.
   */
  public ActionDescriptor polling() {
    return new ActionDescriptor(
        id, description, keys, results, openResult, openConfig, true, expressionsOver, example);
  }

  /**
   * With expressions and assertions in its configuration that see the keys of a value first.
   *
   * @param key the configuration's key that holds the value; when a step leaves it out, its
   *     expressions see what every expression sees
   */
  public ActionDescriptor expressionsOver(String key) {
    return new ActionDescriptor(
        id, description, keys, results, openResult, openConfig, polls, key, example);
  }

  /** With a step as it would stand in a flow, in YAML. */
  public ActionDescriptor example(String yaml) {
    return new ActionDescriptor(
        id, description, keys, results, openResult, openConfig, polls, expressionsOver, yaml);
  }

  /** The name that flows use. */
  public String id() {
    return id;
  }

  /** Sentences for people; may be empty. */
  public String description() {
    return description;
  }

  /** The keys of the configuration, in the order in which they are shown. */
  public List<ConfigKey> keys() {
    return keys;
  }

  /** The declared keys of the result. */
  public List<ResultKey> results() {
    return results;
  }

  /** The names of the declared keys of the result, in order. */
  public Set<String> resultNames() {
    return resultNames;
  }

  /** Whether the result may hold more keys than are declared; always so when none is. */
  public boolean isResultOpen() {
    return openResult || results.isEmpty();
  }

  /** Whether the configuration may hold more keys than are declared. */
  public boolean isConfigOpen() {
    return openConfig;
  }

  /** Whether the engine repeats the action until its assertions hold. */
  public boolean isPolling() {
    return polls;
  }

  /** The key of the configuration whose value's keys its expressions see first. */
  public Optional<String> expressionsOver() {
    return Optional.ofNullable(expressionsOver);
  }

  /** A step as it would stand in a flow. */
  public Optional<String> example() {
    return Optional.ofNullable(example);
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
