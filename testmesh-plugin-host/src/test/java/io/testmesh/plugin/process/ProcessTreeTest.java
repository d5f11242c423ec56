package io.testmesh.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who belongs to a plugin, and whether it still runs. */
@ExtendWith(LeakCheck.class)
@Timeout(30)
final class ProcessTreeTest {
  @Test
  @Row("G8")
  void a_dead_child_whose_parent_does_not_notice_is_not_waited_for() throws Exception {
    // The shell becomes a program that never asks for its child's end.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try {
      long child = Long.parseLong(parent.inputReader().readLine());
      ProcessTree tree = new ProcessTree(parent.toHandle(), "of no process");
      tree.look();
      ProcessHandle zombie = ProcessHandle.of(child).orElseThrow();
      zombie.destroyForcibly();
      assertThat(Waiting.until(Duration.ofSeconds(10), () -> ProcFiles.isDead(child))).isTrue();

      assertThat(zombie.isAlive()).as("to the JDK").isTrue();
      assertThat(tree.living()).containsExactly(parent.toHandle());

      long begin = System.nanoTime();
      assertThat(tree.kill(Duration.ofSeconds(10))).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    } finally {
      parent.destroyForcibly();
    }
  }
}
