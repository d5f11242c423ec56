package io.testmesh.flow;

import org.jspecify.annotations.Nullable;

/**
 * A value that a flow takes from outside.
 *
 * @param required whether it must be given
 * @param defaultValue the value when it is not given; a JSON-like value
 * @param description for people, or null
 * @since 0.1
 */
public record Input(
    boolean required, @Nullable Object defaultValue, @Nullable String description) {}
