/**
 * The command line: reads options, drives a {@code FlowRunner}, shows events and results to people.
 * Computes no status. May use the API and reports; finds the engine by ServiceLoader.
 *
 * <p>What runs before the first step is written for a JVM that just started: no lambdas, streams,
 * regular expressions or formatters on that way.
 */
@NullMarked
package io.testmesh.cli;

import org.jspecify.annotations.NullMarked;
