package io.testmesh.integrations.redis;

import io.testmesh.action.ActionException;
import java.util.ArrayList;
import java.util.List;

/** How several servers that would each have done failed, one after another. */
final class Tries {
  private final List<ActionException> failures = new ArrayList<>();

  void add(ActionException failure) {
    failures.add(failure);
  }

  /**
   * All of it as one failure, with the code of the first.
   *
   * @param what what none of them did, such as {@code no sentinel names the master}
   */
  ActionException failure(String what) {
    ActionException first = failures.get(0);
    if (failures.size() == 1) {
      return first;
    }
    StringBuilder all = new StringBuilder(what);
    for (ActionException failure : failures) {
      all.append(failure == first ? ": " : "; ").append(failure.getMessage());
    }
    ActionException together = new ActionException(first.code(), all.toString(), first);
    first.hint().ifPresent(together::hint);
    return together;
  }
}
