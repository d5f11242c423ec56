package io.testmesh.engine.run;

/** Why a guarded section was stopped. */
enum StopReason {
  /** Its time was up. */
  TIMEOUT,
  /** Somebody cancelled the run. */
  CANCELLED
}
