package io.testmesh.spi;

import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.result.Problem;
import java.util.List;
import java.util.Set;

/**
 * Offers actions that are known only at run time, such as those of plugins. Safe for use by several
 * threads; closed with its runner.
 *
 * @since 0.1
 */
public interface ActionSource extends AutoCloseable {

  /**
   * The handlers that are known without starting anything.
   *
   * @param wanted the names of actions that the flows use and no other handler offers
   */
  Offer offer(Set<String> wanted);

  /**
   * Makes the handlers ready that the flows use; called once before a run's first step.
   *
   * @param wanted as in {@link #offer}
   * @throws ActionException when one cannot be made ready
   */
  Offer start(Set<String> wanted) throws ActionException, InterruptedException;

  @Override
  void close();

  /**
   * What a source has.
   *
   * @param handlers handlers, ready or described from what is kept
   * @param unchecked names that are accepted with a warning because nothing is known about them yet
   * @param problems what was odd
   */
  record Offer(List<ActionHandler> handlers, Set<String> unchecked, List<Problem> problems) {
    /** Copies the collections. */
    public Offer {
      handlers = List.copyOf(handlers);
      unchecked = Set.copyOf(unchecked);
      problems = List.copyOf(problems);
    }
  }
}
