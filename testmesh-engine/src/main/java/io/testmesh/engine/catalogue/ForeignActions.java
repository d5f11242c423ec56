package io.testmesh.engine.catalogue;

import io.testmesh.RunnerSettings;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.Cancellation;
import io.testmesh.action.Deadline;
import io.testmesh.spi.ActionSource;
import io.testmesh.spi.ActionSourceProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * The sources of actions that a runner has, looked for when the first is needed. Owns those that it
 * has found. Safe for use by several threads.
 */
public final class ForeignActions implements AutoCloseable {
  private final RunnerSettings settings;
  private final ActionCatalogue catalogue;
  private List<ActionSource> sources = List.of();
  private boolean looked;
  private boolean closed;

  /** The sources that the settings' class loader finds. */
  public ForeignActions(RunnerSettings settings, ActionCatalogue catalogue) {
    this.settings = settings;
    this.catalogue = catalogue;
  }

  /** Every action that is known without starting anything. */
  public ActionSource.Offer known() {
    List<ActionSource.Offer> offers = new ArrayList<>();
    for (ActionSource source : sources()) {
      offers.add(source.known());
    }
    return join(offers);
  }

  /** What is known about some actions without starting anything. */
  public ActionSource.Offer offer(Set<String> wanted) {
    List<ActionSource.Offer> offers = new ArrayList<>();
    for (ActionSource source : sources()) {
      offers.add(source.offer(wanted));
    }
    return join(offers);
  }

  /**
   * Makes actions ready; see {@link ActionSource#start}.
   *
   * @throws InterruptedException when it was cancelled
   */
  public ActionSource.Offer start(Set<String> wanted, Deadline deadline, Cancellation cancellation)
      throws InterruptedException {
    List<ActionSource.Offer> offers = new ArrayList<>();
    for (ActionSource source : sources()) {
      offers.add(source.start(wanted, deadline, cancellation));
    }
    return join(offers);
  }

  private synchronized List<ActionSource> sources() {
    if (closed) {
      return List.of();
    }
    if (!looked) {
      looked = true;
      sources = settings.actionSources().orElseGet(this::find);
    }
    return sources;
  }

  private List<ActionSource> find() {
    List<ActionSource> found = new ArrayList<>();
    var providers =
        ServiceLoader.load(ActionSourceProvider.class, settings.classLoader()).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return List.copyOf(found);
        }
        found.add(providers.next().create(settings, catalogue::names));
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        // One broken provider takes no other down: its actions are unknown, which is said.
        LoggerFactory.getLogger(ForeignActions.class).warn("a source of actions is broken", e);
      }
    }
  }

  /** The first source that knows an action has it. */
  private static ActionSource.Offer join(List<ActionSource.Offer> offers) {
    if (offers.size() == 1) {
      return offers.get(0);
    }
    Map<String, ActionHandler> handlers = new LinkedHashMap<>();
    Map<String, ActionSource.Refusal> refused = new LinkedHashMap<>();
    Map<String, String> warnings = new LinkedHashMap<>();
    for (ActionSource.Offer offer : offers) {
      offer.handlers().forEach(handlers::putIfAbsent);
      offer.refused().forEach(refused::putIfAbsent);
      offer.warnings().forEach(warnings::putIfAbsent);
    }
    return new ActionSource.Offer(handlers, refused, warnings);
  }

  @Override
  public void close() {
    List<ActionSource> ending;
    synchronized (this) {
      closed = true;
      ending = sources;
      sources = List.of();
    }
    if (settings.actionSources().isEmpty()) {
      for (ActionSource source : ending) {
        source.close();
      }
    }
  }
}
