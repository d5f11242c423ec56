package io.testmesh.engine.yaml;

import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of a node; lines and columns are computed when they are asked for. */
record NodeSource(SourceText source, YamlMap.@Nullable Entry entry, YamlNode node)
    implements SourceTree {

  @Override
  public SourceSpan key() {
    return entry == null ? value() : source.span(entry.start(), entry.end());
  }

  @Override
  public SourceSpan value() {
    return source.span(node.start(), node.end());
  }

  @Override
  public SourceTree at(Object... path) {
    NodeSource found = this;
    for (Object part : path) {
      NodeSource next = found.child(part);
      if (next == null) {
        return found;
      }
      found = next;
    }
    return found;
  }

  private @Nullable NodeSource child(Object part) {
    if (node instanceof YamlMap map && part instanceof String key) {
      YamlMap.Entry child = map.entry(key);
      return child == null ? null : new NodeSource(source, child, child.value());
    }
    if (node instanceof YamlList list && part instanceof Integer index) {
      return index >= 0 && index < list.items().size()
          ? new NodeSource(source, null, list.items().get(index))
          : null;
    }
    return null;
  }

  @Override
  public SourceSpan within(int start, int end) {
    if (node instanceof YamlScalar scalar && scalar.value() instanceof String text) {
      int[] found = ScalarPositions.find(source, scalar, text, start, end);
      return source.span(found[0], found[1]);
    }
    return value();
  }

  @Override
  public List<String> excerpt(SourceSpan span) {
    return Excerpts.of(source, span);
  }
}
