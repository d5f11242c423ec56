package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which node of a cluster has which part of the keys. Immutable. */
final class SlotMap {
  private final List<Range> ranges;

  private SlotMap(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * Reads the answer to {@code CLUSTER SLOTS}: for each range first slot, last slot, the master as
   * host and port, and its replicas.
   *
   * @param asked the node that answered
   */
  static SlotMap of(@Nullable Object answer, ServerAddress asked) throws ActionException {
    List<Range> ranges = new ArrayList<>();
    if (answer instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof List<?> range
            && range.size() > 2
            && range.get(0) instanceof Long first
            && range.get(1) instanceof Long last
            && range.get(2) instanceof List<?> node) {
          ranges.add(new Range(first, last, address(node, asked)));
        }
      }
    }
    if (ranges.isEmpty()) {
      throw new ActionException(
              ActionException.CONNECTION_FAILED,
              "the cluster of Redis at " + asked + " has no node for any key yet")
          .hint("is the cluster made? CLUSTER INFO says its state");
    }
    return new SlotMap(List.copyOf(ranges));
  }

  private static ServerAddress address(List<?> node, ServerAddress asked) {
    Object host = Replies.value(node.get(0));
    // Null or empty: the host that was asked, as the node does not know its own.
    boolean isUnknown = host == null || host.toString().isEmpty() || host.equals("?");
    return new ServerAddress(
        isUnknown ? asked.host() : String.valueOf(host), ((Number) node.get(1)).intValue());
  }

  /** The node of a slot; any for a slot that none has, which then says so. */
  ServerAddress node(int slot) {
    for (Range range : ranges) {
      if (slot >= range.first && slot <= range.last) {
        return range.node;
      }
    }
    return any();
  }

  ServerAddress any() {
    return ranges.get(0).node;
  }

  private record Range(long first, long last, ServerAddress node) {}
}
