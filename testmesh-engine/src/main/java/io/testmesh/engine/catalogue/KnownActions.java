package io.testmesh.engine.catalogue;

import io.testmesh.action.ActionHandler;
import io.testmesh.spi.ActionSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The actions that one check knows: those of the catalogue, and what sources offer for the others.
 * Belongs to one thread.
 */
public final class KnownActions {
  private final ActionCatalogue catalogue;
  private final Function<Set<String>, ActionSource.Offer> offers;
  private final Map<String, Found> foreign = new HashMap<>();
  private final Set<String> offered = new LinkedHashSet<>();

  /**
   * The actions of one check.
   *
   * @param offers is asked for the actions that the catalogue does not have
   */
  public KnownActions(ActionCatalogue catalogue, Function<Set<String>, ActionSource.Offer> offers) {
    this.catalogue = catalogue;
    this.offers = offers;
  }

  /** Looks an action up. */
  public Found find(String action) {
    ActionCatalogue.Lookup own = catalogue.find(action);
    if (own.descriptor() != null || !own.problems().isEmpty()) {
      return new Found(own, null, null);
    }
    Found found = foreign.get(action);
    if (found == null) {
      found = ask(action, own);
      foreign.put(action, found);
    }
    return found;
  }

  private Found ask(String action, ActionCatalogue.Lookup none) {
    ActionSource.Offer offer = offers.apply(Set.of(action));
    ActionHandler handler = offer.handlers().get(action);
    if (handler == null) {
      return new Found(none, offer.refused().get(action), null);
    }
    offered.add(action);
    return new Found(ActionCatalogue.Lookup.of(handler), null, offer.warnings().get(action));
  }

  /** The names that were asked for so far and that a source offers. */
  public Set<String> offered() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(offered));
  }

  /** The names of the catalogue, sorted, for suggestions. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(catalogue.names());
    names.addAll(offered);
    return names;
  }

  /**
   * What is known about an action.
   *
   * @param lookup the handler and what it says
   * @param refusal why a source has the action and does not offer it, or null
   * @param warning what is odd about it, or null
   */
  public record Found(
      ActionCatalogue.Lookup lookup,
      ActionSource.@Nullable Refusal refusal,
      @Nullable String warning) {}
}
