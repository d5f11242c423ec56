package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The actions of flows whose steps run steps: {@code give} gives its value, {@code count} how often
 * it was called, {@code meet} waits for another one, {@code third} fails twice, {@code broken}
 * fails, {@code unrunnable} cannot run, {@code hang} waits for its end.
 */
final class Actors {
  private final AtomicInteger calls = new AtomicInteger();
  private final CyclicBarrier together = new CyclicBarrier(2);
  private final CountDownLatch hanging;

  /** Actors of whom as many will hang as the test waits for. */
  Actors(int hanging) {
    this.hanging = new CountDownLatch(hanging);
  }

  /** A kit with these actors. */
  FlowKit kit(Path folder) {
    return new FlowKit(folder)
        .with("give", context -> ActionResult.of("value", context.config().value("value")))
        .with("count", context -> ActionResult.of("n", (long) calls.incrementAndGet()))
        .with(
            "meet",
            context -> {
              meet();
              return ActionResult.of("value", context.config().value("value"));
            })
        .with(
            "third",
            context -> {
              if (calls.incrementAndGet() < 3) {
                throw new ActionException("action_failed", "not yet");
              }
              return ActionResult.EMPTY;
            })
        .with(
            "broken",
            context -> {
              throw new ActionException("action_failed", "it is broken");
            })
        .with(
            "unrunnable",
            context -> {
              throw new ActionException("plugin_failed", "it is gone").unrunnable();
            })
        .with(
            "hang",
            context -> {
              hanging.countDown();
              new CountDownLatch(1).await();
              return ActionResult.EMPTY;
            });
  }

  private void meet() throws ActionException, InterruptedException {
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new ActionException("action_failed", "alone", e);
    }
  }

  /** How often {@code count} and {@code third} were called. */
  AtomicInteger calls() {
    return calls;
  }

  /** Waits until all that will hang do. */
  void awaitHanging() throws InterruptedException {
    assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
