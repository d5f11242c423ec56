package io.testmesh.engine.check;

import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The places of a map some of whose entries were written elsewhere.
 *
 * @param base the places of all others
 * @param elsewhere the places of these entries, by key
 */
record OverlaidSource(SourceTree base, Map<String, SourceTree> elsewhere) implements SourceTree {

  @Override
  public SourceSpan key() {
    return base.key();
  }

  @Override
  public SourceSpan value() {
    return base.value();
  }

  @Override
  public SourceTree at(Object... path) {
    SourceTree found = path.length > 0 && path[0] instanceof String key ? elsewhere.get(key) : null;
    if (found != null) {
      return found.at(Arrays.copyOfRange(path, 1, path.length));
    }
    return path.length == 0 ? this : base.at(path);
  }

  @Override
  public SourceSpan within(int start, int end) {
    return base.within(start, end);
  }

  @Override
  public List<String> excerpt(SourceSpan span) {
    return base.excerpt(span);
  }
}
