package io.testmesh.engine.plan;

import io.testmesh.flow.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Deals flows to shards: whole flows, each to one, and the same on every machine. */
final class Shards {
  private Shards() {}

  /**
   * The flows of one shard, in their order.
   *
   * @param shard which one, from 1
   * @param timings how long each file takes; empty for shards of the same number of flows
   */
  static List<Flow> of(List<Flow> flows, int shard, int shards, Map<String, Duration> timings) {
    int[] owners =
        timings.isEmpty() ? inTurn(flows.size(), shards) : byTime(flows, shards, timings);
    List<Flow> mine = new ArrayList<>();
    for (int i = 0; i < flows.size(); i++) {
      if (owners[i] == shard - 1) {
        mine.add(flows.get(i));
      }
    }
    return mine;
  }

  private static int[] inTurn(int flows, int shards) {
    int[] owners = new int[flows];
    for (int i = 0; i < flows; i++) {
      owners[i] = i % shards;
    }
    return owners;
  }

  /**
   * The longest first, each to the shard that has the least so far. That is at most a third longer
   * than the best there is (R. L. Graham, Bounds on Multiprocessing Timing Anomalies, 1969).
   */
  private static int[] byTime(List<Flow> flows, int shards, Map<String, Duration> timings) {
    long[] times = times(flows, timings);
    List<Integer> longestFirst = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      longestFirst.add(i);
    }
    longestFirst.sort((a, b) -> Long.compare(times[b], times[a]));
    long[] loads = new long[shards];
    int[] owners = new int[times.length];
    for (int flow : longestFirst) {
      int least = 0;
      for (int i = 1; i < shards; i++) {
        least = loads[i] < loads[least] ? i : least;
      }
      owners[flow] = least;
      loads[least] += times[flow];
    }
    return owners;
  }

  /** The time of each flow; a flow that is new takes as long as the others on average. */
  private static long[] times(List<Flow> flows, Map<String, Duration> timings) {
    long[] times = new long[flows.size()];
    long sum = 0;
    int known = 0;
    for (int i = 0; i < times.length; i++) {
      Duration time = timings.get(flows.get(i).source().value().file());
      times[i] = time == null ? -1 : Math.max(1, time.toMillis());
      sum += Math.max(0, times[i]);
      known += time == null ? 0 : 1;
    }
    for (int i = 0; i < times.length; i++) {
      if (times[i] < 0) {
        times[i] = known == 0 ? 1 : Math.max(1, sum / known);
      }
    }
    return times;
  }
}
