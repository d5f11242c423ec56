package io.testmesh.junit;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Hands tests out one by one and says when there are no more. Used once, by one thread. */
final class LeafStream extends Spliterators.AbstractSpliterator<DynamicNode> {
  private final Iterator<FlowLeaf> leaves;
  private final LeasedRunner lease;

  private LeafStream(List<FlowLeaf> leaves, LeasedRunner lease) {
    super(leaves.size(), Spliterator.ORDERED | Spliterator.NONNULL);
    this.leaves = leaves.iterator();
    this.lease = lease;
  }

  static Stream<DynamicNode> of(List<FlowLeaf> leaves, LeasedRunner lease) {
    return StreamSupport.stream(new LeafStream(leaves, lease), false).onClose(lease::noMore);
  }

  @Override
  public boolean tryAdvance(Consumer<? super DynamicNode> action) {
    if (!leaves.hasNext()) {
      lease.noMore();
      return false;
    }
    FlowLeaf leaf = leaves.next();
    action.accept(DynamicTest.dynamicTest(leaf.name(), leaf.place(), leaf));
    return true;
  }
}
