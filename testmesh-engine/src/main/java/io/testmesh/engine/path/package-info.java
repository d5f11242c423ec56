/**
 * JSONPath by RFC 9535 over plain maps and lists, with the I-Regexp of RFC 9485. Knows no flows;
 * may use {@code value}.
 */
@NullMarked
package io.testmesh.engine.path;

import org.jspecify.annotations.NullMarked;
