package io.testmesh.engine.data;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the wanted rows of a source one after the other. Belongs to one thread at a time. */
public interface RowCursor extends Closeable {

  /**
   * The next row, or null after the last one.
   *
   * @throws IOException when the file is not as it was when it was checked
   */
  @Nullable Row next() throws IOException;

  @Override
  void close() throws IOException;
}
