/**
 * Reports of one run in several formats, made from its events alone. Nothing here computes a
 * status. May use the API and jackson-core.
 */
@NullMarked
package io.testmesh.report;

import org.jspecify.annotations.NullMarked;
