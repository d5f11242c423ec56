package io.testmesh.integrations.observability;

import io.testmesh.action.ActionException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the spans of traces are looked for, by one look of a step. */
interface TraceSource {

  /**
   * The spans of a trace, by their start; none when it is not there.
   *
   * @param id in hexadecimal
   */
  List<Span> trace(String id) throws ActionException, InterruptedException;

  /**
   * The ids of traces that may have spans of that service and name.
   *
   * @param operation null for any
   */
  Collection<String> search(String service, @Nullable String operation)
      throws ActionException, InterruptedException;
}
