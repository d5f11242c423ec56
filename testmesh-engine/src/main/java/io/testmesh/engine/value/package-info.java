/**
 * JSON-like values: compare, convert, render, explain. A JSON-like value is a String, a Long or
 * BigInteger, a Double or BigDecimal, a Boolean, null, a List or a Map with text keys in order.
 * Used by all stages; may use jackson-core and the API.
 */
@NullMarked
package io.testmesh.engine.value;

import org.jspecify.annotations.NullMarked;
