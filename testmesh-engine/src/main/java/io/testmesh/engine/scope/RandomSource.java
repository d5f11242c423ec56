package io.testmesh.engine.scope;

import java.security.SecureRandom;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Where random values come from; made at the first use. Safe for use by several threads. */
public final class RandomSource {
  private final @Nullable Long seed;
  private @Nullable RandomGenerator generator;

  private RandomSource(@Nullable Long seed) {
    this.seed = seed;
  }

  /** Values that never repeat. */
  public static RandomSource secure() {
    return new RandomSource(null);
  }

  /** Values that repeat with the seed. */
  public static RandomSource seeded(long seed) {
    return new RandomSource(seed);
  }

  /** The generator; its methods are synchronized. */
  public synchronized RandomGenerator generator() {
    if (generator == null) {
      generator = seed == null ? new SecureRandom() : new Random(seed);
    }
    return generator;
  }

  /** A new UUID of version 4. */
  public String uuid() {
    return BuiltIns.uuid(generator());
  }
}
