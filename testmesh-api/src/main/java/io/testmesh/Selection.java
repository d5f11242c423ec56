package io.testmesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which flows are wanted. Immutable.
 *
 * @since 0.1
 */
public final class Selection {
  private final Builder values;

  private Selection(Builder values) {
    this.values = values;
  }

  /**
   * Starts with places: a file, a folder, a glob, {@code FILE:LINE}, {@code FILE::name}, or {@code
   * -} for standard input.
   */
  public static Builder of(List<String> paths) {
    return new Builder(paths);
  }

  /** The places, as they were written. */
  public List<String> paths() {
    return values.paths;
  }

  /** Lists of tags, each {@code smoke,!slow}: every list has to fit. */
  public List<String> tags() {
    return values.tags;
  }

  /** A part of the flow's name. */
  public Optional<String> name() {
    return Optional.ofNullable(values.name);
  }

  /** Which shard, from 1; 0 without sharding. */
  public int shard() {
    return values.shard;
  }

  /** How many shards; 0 without sharding. */
  public int shards() {
    return values.shards;
  }

  /**
   * How long the flows of each file took in an earlier run; empty where shards are dealt in turn.
   */
  public Map<String, Duration> timings() {
    return values.timings;
  }

  /** Names of the variables that the run gives: they decide about required inputs. */
  public Set<String> given() {
    return values.given.keySet();
  }

  /** The variables that the run gives: names of data rows may need them. */
  public Map<String, @Nullable Object> variables() {
    return values.given;
  }

  /** Collects what is wanted; not safe for use by several threads. */
  public static final class Builder {
    private final List<String> paths;
    private List<String> tags = new ArrayList<>();
    private @Nullable String name;
    private int shard;
    private int shards;
    private Map<String, Duration> timings = Map.of();
    private Map<String, @Nullable Object> given = Map.of();

    private Builder(List<String> paths) {
      this.paths = List.copyOf(paths);
    }

    /** Adds a list of tags, {@code smoke,!slow}: any of them, none with an exclamation mark. */
    public Builder tags(String list) {
      tags.add(Objects.requireNonNull(list, "list"));
      return this;
    }

    /** Sets a part of the flow's name. */
    public Builder name(String part) {
      name = part;
      return this;
    }

    /** Takes one of several shards: disjoint, complete, the same on every machine. */
    public Builder shard(int number, int of) {
      if (number < 1 || number > of) {
        throw new IllegalArgumentException("not a shard: " + number + "/" + of);
      }
      shard = number;
      shards = of;
      return this;
    }

    /**
     * Balances the shards by time: machines that are given the same timings agree about them.
     *
     * @param byFile how long each file took, by the name that reports show
     */
    public Builder timings(Map<String, Duration> byFile) {
      timings = Map.copyOf(byFile);
      return this;
    }

    /** Sets the variables that the run gives. */
    public Builder given(Map<String, ? extends @Nullable Object> variables) {
      given = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
      return this;
    }

    /** Makes the selection. */
    public Selection build() {
      Builder copy = new Builder(paths);
      copy.tags = List.copyOf(tags);
      copy.name = name;
      copy.shard = shard;
      copy.shards = shards;
      copy.timings = timings;
      copy.given = given;
      return new Selection(copy);
    }
  }
}
