package io.testmesh.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShardsTest {
  private static Flow flow(String file) {
    SourceSpan span = new SourceSpan(file, 1, 1, 1, 1);
    return Flow.builder(file).source(new Place(span)).build();
  }

  private record Place(SourceSpan key) implements SourceTree {
    @Override
    public SourceSpan value() {
      return key;
    }

    @Override
    public SourceTree at(Object... path) {
      return this;
    }

    @Override
    public SourceSpan within(int start, int end) {
      return key;
    }

    @Override
    public List<String> excerpt(SourceSpan span) {
      return List.of();
    }
  }

  private static List<String> names(
      List<Flow> flows, int shard, int shards, Map<String, Duration> timings) {
    return Shards.of(flows, shard, shards, timings).stream().map(Flow::name).toList();
  }

  @Test
  void without_timings_flows_are_dealt_in_turn() {
    List<Flow> flows = List.of(flow("a"), flow("b"), flow("c"), flow("d"), flow("e"));

    assertThat(names(flows, 1, 2, Map.of())).containsExactly("a", "c", "e");
    assertThat(names(flows, 2, 2, Map.of())).containsExactly("b", "d");
    assertThat(names(flows, 7, 9, Map.of())).isEmpty();
  }

  @Test
  void with_timings_a_long_flow_stands_alone_and_the_order_is_kept() {
    List<Flow> flows = List.of(flow("a"), flow("b"), flow("c"), flow("new"));
    Map<String, Duration> timings =
        Map.of(
            "a", Duration.ofMillis(100),
            "b", Duration.ofMillis(1000),
            "c", Duration.ofMillis(100));

    assertThat(names(flows, 1, 2, timings)).containsExactly("b");
    assertThat(names(flows, 2, 2, timings)).containsExactly("a", "c", "new");
  }

  @Test
  void shards_are_disjoint_complete_stable_and_fair() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Flow> flows = new ArrayList<>();
      Map<String, Duration> timings = new HashMap<>();
      long total = 0;
      long longest = 0;
      int count = random.nextInt(40);
      for (int i = 0; i < count; i++) {
        flows.add(flow("f" + i));
        long millis = 1 + random.nextInt(1000);
        timings.put("f" + i, Duration.ofMillis(millis));
        total += millis;
        longest = Math.max(longest, millis);
      }
      int shards = 1 + random.nextInt(6);
      List<String> all = new ArrayList<>();
      for (int shard = 1; shard <= shards; shard++) {
        List<String> mine = names(flows, shard, shards, timings);
        assertThat(names(flows, shard, shards, new HashMap<>(timings))).isEqualTo(mine);
        long time = mine.stream().mapToLong(name -> timings.get(name).toMillis()).sum();
        assertThat(time).isLessThanOrEqualTo(total / shards + longest);
        all.addAll(mine);
      }
      assertThat(all)
          .hasSize(count)
          .containsExactlyInAnyOrderElementsOf(flows.stream().map(Flow::name).toList());
    }
  }
}
