/**
 * The expression language: lexer, parser, nodes with one {@code eval}, observations, budget; and
 * texts with placeholders, because a text literal may hold them. Knows no flows; may use {@code
 * path} and {@code value}.
 */
@NullMarked
package io.testmesh.engine.expression;

import org.jspecify.annotations.NullMarked;
