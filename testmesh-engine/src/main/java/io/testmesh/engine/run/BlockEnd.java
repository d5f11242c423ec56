package io.testmesh.engine.run;

import io.testmesh.result.Failure;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the steps inside of a step ended.
 *
 * @param status passed, failed, error or cancelled
 * @param failure why they did not pass, or null
 * @param result the result of the step around them
 * @param children their records, in the order of the text
 */
record BlockEnd(
    Status status,
    @Nullable Failure failure,
    Map<String, @Nullable Object> result,
    List<ResultNode> children) {

  static BlockEnd passed(Map<String, @Nullable Object> result, List<ResultNode> children) {
    return new BlockEnd(Status.PASSED, null, result, children);
  }

  static BlockEnd failed(Failure failure) {
    return failed(failure, Map.of(), List.of());
  }

  static BlockEnd failed(
      Failure failure, Map<String, @Nullable Object> result, List<ResultNode> children) {
    return new BlockEnd(Status.FAILED, failure, result, children);
  }

  boolean isTimeout() {
    return failure != null && failure.code().equals("timeout");
  }

  /** The same end with another result and records. */
  BlockEnd with(Map<String, @Nullable Object> newResult, List<ResultNode> newChildren) {
    return new BlockEnd(status, failure, newResult, newChildren);
  }
}
