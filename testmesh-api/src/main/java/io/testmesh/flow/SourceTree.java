package io.testmesh.flow;

import java.util.List;

/**
 * Where each part of a document stands. The tree has the shape of the document: a map's children
 * are addressed by their keys, a list's by their index (an {@link Integer} from 0).
 *
 * <p>Implementations are immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public interface SourceTree {

  /** The tree of something that was not read from a file: every span is {@link SourceSpan#NONE}. */
  SourceTree NONE =
      new SourceTree() {
        @Override
        public SourceSpan key() {
          return SourceSpan.NONE;
        }

        @Override
        public SourceSpan value() {
          return SourceSpan.NONE;
        }

        @Override
        public SourceTree at(Object... path) {
          return this;
        }

        @Override
        public SourceSpan within(int start, int end) {
          return SourceSpan.NONE;
        }

        @Override
        public List<String> excerpt(SourceSpan span) {
          return List.of();
        }
      };

  /**
   * The span of the key under which this node stands; of the value itself for a root or a list
   * item.
   */
  SourceSpan key();

  /** The span of this node's value. */
  SourceSpan value();

  /**
   * The node that the path leads to.
   *
   * @param path keys of maps (text) and indexes of lists (from 0)
   * @return the node; the nearest one above it where the document has no such node, never null
   */
  SourceTree at(Object... path);

  /**
   * The place of a part of a text value.
   *
   * @param start first UTF-16 unit of the part, counted in the value as it was read (escapes
   *     undone)
   * @param end the unit after the part
   * @return the span in the file; the whole value's where this node is not a text
   */
  SourceSpan within(int start, int end);

  /**
   * The lines of the document around a place, with the place marked, ready to print.
   *
   * @param span a place in this document
   * @return the line before, the line, and a line of marks; empty where there is no source
   */
  List<String> excerpt(SourceSpan span);
}
