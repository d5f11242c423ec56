package io.testmesh.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OwnedResourcesTest {
  private final OwnedResources resources = new OwnedResources();
  private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

  private AutoCloseable named(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable get(String key) throws Exception {
    return resources.resource(AutoCloseable.class, key, () -> named(key));
  }

  @Test
  void a_resource_is_made_once_and_closed_in_the_reverse_order() throws Exception {
    assertThat(get("a")).isSameAs(get("a"));
    get("b");
    resources.close();
    resources.close();

    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void two_threads_get_the_same_resource() throws Exception {
    AtomicInteger made = new AtomicInteger();
    List<CompletableFuture<AutoCloseable>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return resources.resource(
                      AutoCloseable.class,
                      "x",
                      () -> {
                        made.incrementAndGet();
                        return named("x");
                      });
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              }));
    }
    AutoCloseable first = all.get(0).get(10, TimeUnit.SECONDS);
    for (CompletableFuture<AutoCloseable> one : all) {
      assertThat(one.get(10, TimeUnit.SECONDS)).isSameAs(first);
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void a_failure_is_not_kept() throws Exception {
    assertThatThrownBy(
            () ->
                resources.resource(
                    AutoCloseable.class,
                    "a",
                    () -> {
                      throw new ActionException("connection_failed", "refused");
                    }))
        .isInstanceOf(ActionException.class)
        .hasMessage("refused");
    get("a");
    resources.close();

    assertThat(closed).containsExactly("a");
  }

  @Test
  void what_is_made_while_the_owner_closes_is_closed_too() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread maker =
        new Thread(
            () -> {
              try {
                resources.resource(
                    AutoCloseable.class,
                    "late",
                    () -> {
                      making.countDown();
                      go.await();
                      return named("late");
                    });
                failure.complete(new AssertionError("got it"));
              } catch (Throwable e) {
                failure.complete(e);
              }
            });
    maker.start();
    making.await();
    resources.close();
    go.countDown();

    assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessage("the run has ended");
    assertThat(closed).containsExactly("late");
    maker.join();
  }

  @Test
  void one_that_cannot_be_closed_keeps_no_other_open() throws Exception {
    get("a");
    resources.resource(
        AutoCloseable.class,
        "bad",
        () ->
            () -> {
              throw new NoClassDefFoundError("gone");
            });
    get("b");

    assertThatThrownBy(resources::close).hasMessage("could not be closed: gone");
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void closing_does_not_lose_the_interrupt_of_the_caller() throws Exception {
    List<Boolean> seen = new ArrayList<>();
    resources.resource(
        AutoCloseable.class, "a", () -> () -> seen.add(Thread.currentThread().isInterrupted()));
    Thread.currentThread().interrupt();
    resources.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(seen).containsExactly(false);
  }

  @Test
  void a_factory_that_makes_nothing_is_an_error() {
    assertThatThrownBy(() -> resources.resource(AutoCloseable.class, "a", () -> null))
        .hasMessage("the factory of the resource made nothing");
  }
}
