package io.testmesh.spi;

import io.testmesh.action.ActionHandler;
import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Offers actions that are known only at run time, such as those of plugins. Asked only for actions
 * that no handler of the runner offers. Safe for use by several threads; made for one runner and
 * closed with it.
 *
 * @since 0.1
 */
public interface ActionSource extends AutoCloseable {

  /** Every action that is known without starting anything. */
  Offer known();

  /**
   * What is known about some actions without starting anything. An action that may exist and of
   * which nothing is kept has a handler that accepts everything, and a warning.
   *
   * @param wanted the names of actions that flows use
   */
  Offer offer(Set<String> wanted);

  /**
   * Makes the actions ready and says what they are; called before a run's first step, by each run.
   * What does not get ready is no exception: its handler refuses in {@link
   * ActionHandler#beforeFlow}.
   *
   * @param wanted as in {@link #offer}
   * @param deadline when this has to be over; what is not ready by then did not get ready
   * @param cancellation tells that the run was cancelled
   * @throws InterruptedException when the run was cancelled
   */
  Offer start(Set<String> wanted, Deadline deadline, Cancellation cancellation)
      throws InterruptedException;

  /** Ends all that was started, and waits for it. */
  @Override
  void close();

  /**
   * What a source has.
   *
   * @param handlers handlers by the name that flows use, in order
   * @param refused why actions that the source knows of cannot be used, by name
   * @param warnings what is odd about an action, by name
   */
  record Offer(
      Map<String, ActionHandler> handlers,
      Map<String, Refusal> refused,
      Map<String, String> warnings) {
    /** Nothing. */
    public static final Offer NONE = new Offer(Map.of(), Map.of(), Map.of());

    /** Copies the maps. */
    public Offer {
      handlers = Collections.unmodifiableMap(new LinkedHashMap<>(handlers));
      refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
      warnings = Collections.unmodifiableMap(new LinkedHashMap<>(warnings));
    }
  }

  /**
   * Why an action cannot be used.
   *
   * @param code the stable code of the problem
   * @param message what is wrong, for people
   * @param hint the cure, or null
   */
  record Refusal(String code, String message, @Nullable String hint) {
    /** Checks that the parts are present. */
    public Refusal {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(message, "message");
    }
  }
}
