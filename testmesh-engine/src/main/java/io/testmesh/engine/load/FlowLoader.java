package io.testmesh.engine.load;

import io.testmesh.flow.Flow;
import io.testmesh.result.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads flow files. Immutable and safe for use by several threads. */
public final class FlowLoader {

  /** A loader that refuses files larger than so many bytes. */
  public FlowLoader(long maxFileSize) {}

  /**
   * Reads a flow from bytes.
   *
   * @param name the file's name as people should see it
   * @param file the file, or null for standard input
   */
  public Loaded load(String name, @Nullable Path file, byte[] content) {
    return new Loaded(null, List.of(), false);
  }

  /**
   * What was read.
   *
   * @param flow the flow, or null when there are errors or the text is no flow
   * @param problems what is wrong, in the order of the text
   * @param noFlow whether the text is well-formed and has nothing to do with flows: passed over in a
   *     folder, {@code not_a_flow} when named directly
   */
  public record Loaded(@Nullable Flow flow, List<Problem> problems, boolean noFlow) {
    /** Copies the list. */
    public Loaded {
      problems = List.copyOf(problems);
    }
  }
}
