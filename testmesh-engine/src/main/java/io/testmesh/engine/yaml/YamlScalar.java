package io.testmesh.engine.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A text, number, boolean or null.
 *
 * @param value what the YAML 1.2 core schema reads: String, Long, BigInteger, Double, BigDecimal,
 *     Boolean or null
 * @param start the offset of the first character, quotes included
 * @param end the offset after the last character
 */
public record YamlScalar(@Nullable Object value, int start, int end) implements YamlNode {
  @Override
  public boolean isNull() {
    return value == null;
  }
}
