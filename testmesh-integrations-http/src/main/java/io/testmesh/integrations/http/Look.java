package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One way of looking whether a server is there. */
interface Look {
  /**
   * What was seen.
   *
   * @param values for the result
   * @param missing what is not yet as it has to be, for people; null when all is
   */
  record Seen(Map<String, @Nullable Object> values, @Nullable String missing) {}

  /** What is looked at, for people. */
  String target();

  /**
   * Looks once.
   *
   * @param most how long that may take
   * @throws ActionException code {@code connection_failed} or {@code timeout} when nothing can be
   *     seen yet; any other when looking again is of no use
   */
  Seen look(Duration most) throws ActionException, InterruptedException;
}
