package io.testmesh.plugin.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Makes named pipes, which block whoever opens them. */
public final class Fifo {
  private Fifo() {}

  public static void make(Path path) throws Exception {
    Process made = new ProcessBuilder("mkfifo", path.toString()).start();
    assertThat(made.waitFor()).isZero();
  }
}
