package io.testmesh.integrations.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpanStoreTest {
  private final SpanStore store = new SpanStore(3);

  private static Span span(String trace, String id) {
    return new Span(trace, id, null, "s", "o", "internal", 1, 2, "unset", "", Map.of(), List.of());
  }

  @Test
  void the_traces_that_began_first_give_way() {
    store.add(List.of(span("a", "1"), span("a", "2")));
    store.add(List.of(span("b", "3"), span("b", "4")));

    assertThat(store.trace("a")).isEmpty();
    assertThat(store.hasDropped(1)).isTrue();
    assertThat(store.hasDropped(2)).as("what came later is all there").isFalse();
    assertThat(store.trace("b")).extracting(Span::spanId).containsExactly("3", "4");
  }

  @Test
  void a_trace_that_never_ends_keeps_its_last_spans() {
    for (int i = 0; i < 10; i++) {
      store.add(List.of(span("a", Integer.toString(i))));
    }

    assertThat(store.trace("a")).extracting(Span::spanId).containsExactly("7", "8", "9");
    assertThat(store.hasDropped(6)).isTrue();
    assertThat(store.hasDropped(7)).isFalse();
  }

  @Test
  void a_span_that_comes_twice_is_one_span() {
    store.add(List.of(span("0a", "1")));
    store.add(List.of(span("A", "1")));

    assertThat(store.trace("a")).hasSize(1);
    assertThat(store.search("s", "o", 0)).hasSize(1);
    assertThat(store.search("s", null, 1)).hasSize(1);
    assertThat(store.search("s", null, 2)).isEmpty();
  }

  @Test
  void what_arrives_after_the_question_completes_it() {
    CompletableFuture<?> next = store.next().toCompletableFuture();
    assertThat(next).isNotDone();

    store.add(List.of(span("a", "1")));

    assertThat(next).isDone();
    assertThat(store.next().toCompletableFuture()).isNotDone();
  }
}
