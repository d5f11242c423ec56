package io.testmesh.backends;

import java.util.Set;
import java.util.stream.Collectors;

/** The processes that were started since it was made; shared servers of other tests are older. */
final class NewProcesses {
  private final Set<ProcessHandle> before =
      ProcessHandle.current().descendants().collect(Collectors.toSet());

  /** Waits until none of them is left. */
  void awaitNone() throws Exception {
    Await.until(
        "no process is left",
        () -> ProcessHandle.current().descendants().allMatch(before::contains));
  }
}
