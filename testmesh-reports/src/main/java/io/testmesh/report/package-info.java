/**
 * Reports of one run in several formats, made from its events alone, on a thread beside the run.
 * Nothing here computes a status. May use the API.
 */
@NullMarked
package io.testmesh.report;

import org.jspecify.annotations.NullMarked;
