package io.testmesh.junit;

import io.testmesh.FlowSet;
import io.testmesh.RunOptions;
import io.testmesh.result.RunResult;

/** Runs flows with a runner that others use too, and that its owner closes. */
interface Runners {
  /** Runs flows and waits; see {@code FlowRunner.run}. */
  RunResult run(FlowSet flows, RunOptions options);
}
