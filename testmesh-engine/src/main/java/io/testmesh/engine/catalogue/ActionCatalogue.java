package io.testmesh.engine.catalogue;

import io.testmesh.RunnerSettings;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The actions that a runner knows. Safe for use by several threads.
 *
 * <p>An action of the builder stands beside the found ones, and a clash is an error; a replacement
 * hides a found one.
 */
public final class ActionCatalogue {
  private final ClassLoader loader;
  private final Map<String, ActionHandler> replacements = new HashMap<>();
  private final Map<String, List<ActionHandler>> given = new LinkedHashMap<>();
  private final Map<String, Lookup> known = new HashMap<>();
  private @Nullable ActionIndex index;
  private @Nullable Found scanned;

  /** A catalogue of the settings' actions and of those that the settings' class loader finds. */
  public ActionCatalogue(RunnerSettings settings) {
    loader = settings.classLoader();
    for (ActionHandler handler : settings.replacements()) {
      replacements.put(handler.descriptor().id(), handler);
    }
    for (ActionHandler handler : settings.actions()) {
      given.computeIfAbsent(handler.descriptor().id(), id -> new ArrayList<>(1)).add(handler);
    }
  }

  /** Looks an action up; loads its handler, and no other. */
  public synchronized Lookup find(String action) {
    Lookup lookup = known.get(action);
    if (lookup == null) {
      lookup = look(action);
      known.put(action, lookup);
    }
    return lookup;
  }

  private Lookup look(String action) {
    ActionDescriptor kind = StepKinds.find(action);
    if (kind != null) {
      return kind(kind);
    }
    ActionHandler replacement = replacements.get(action);
    if (replacement != null) {
      return Lookup.of(replacement);
    }
    List<ActionHandler> candidates = new ArrayList<>(given.getOrDefault(action, List.of()));
    List<String> broken = new ArrayList<>();
    for (String type : index().providers().getOrDefault(action, List.of())) {
      try {
        candidates.add(instantiate(type));
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        Throwable cause =
            e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        broken.add("the provider " + type + " of \"" + action + "\" cannot be used: " + cause);
      }
    }
    if (needsScan(candidates.isEmpty())) {
      Found found = scan();
      candidates.addAll(found.handlers.getOrDefault(action, List.of()));
      if (candidates.isEmpty()) {
        broken.addAll(found.problems);
      }
    }
    if (candidates.size() > 1) {
      StringBuilder origins = new StringBuilder("two handlers offer \"" + action + "\": ");
      for (int i = 0; i < candidates.size(); i++) {
        origins.append(i == 0 ? "" : " and ").append(origin(candidates.get(i)));
      }
      return Lookup.broken(List.of(origins.toString()));
    }
    return candidates.isEmpty() ? Lookup.broken(broken) : Lookup.of(candidates.get(0));
  }

  /** What the language means by a name, nobody else can mean. */
  private Lookup kind(ActionDescriptor kind) {
    boolean taken =
        replacements.containsKey(kind.id())
            || given.containsKey(kind.id())
            || index().providers().containsKey(kind.id());
    return taken
        ? Lookup.broken(
            List.of("\"" + kind.id() + "\" is part of the language: no handler can offer it"))
        : new Lookup(null, kind, List.of());
  }

  private ActionIndex index() {
    if (index == null) {
      index = ActionIndex.read(loader);
    }
    return index;
  }

  /**
   * Providers outside the index have to be asked even when the index knows the action: they may
   * clash.
   */
  private boolean needsScan(boolean nothingFound) {
    return !index().unindexed().isEmpty() || nothingFound && getClass().getModule().isNamed();
  }

  private ActionHandler instantiate(String type) throws ReflectiveOperationException {
    return Class.forName(type, true, loader)
        .asSubclass(ActionHandler.class)
        .getConstructor()
        .newInstance();
  }

  private Found scan() {
    if (scanned == null) {
      scanned = new Found(new HashMap<>(), new ArrayList<>());
      Set<String> indexed = new HashSet<>();
      index().providers().values().forEach(indexed::addAll);
      var providers = ServiceLoader.load(ActionHandler.class, loader).stream().iterator();
      while (true) {
        try {
          if (!providers.hasNext()) {
            break;
          }
          ServiceLoader.Provider<ActionHandler> provider = providers.next();
          if (!indexed.contains(provider.type().getName())) {
            ActionHandler handler = provider.get();
            scanned
                .handlers
                .computeIfAbsent(handler.descriptor().id(), id -> new ArrayList<>(1))
                .add(handler);
          }
        } catch (ServiceConfigurationError e) {
          Throwable cause = e.getCause();
          scanned.problems.add(e.getMessage() + (cause == null ? "" : ": " + cause));
        } catch (RuntimeException | LinkageError e) {
          scanned.problems.add("a provider's descriptor cannot be used: " + e);
        }
      }
    }
    return scanned;
  }

  /** The names of all actions, sorted; loads no handler that stands in an index. */
  public synchronized Set<String> names() {
    Set<String> names = new TreeSet<>(index().providers().keySet());
    names.addAll(replacements.keySet());
    names.addAll(given.keySet());
    names.addAll(StepKinds.names());
    if (needsScan(true)) {
      names.addAll(scan().handlers.keySet());
    }
    return names;
  }

  private static String origin(ActionHandler handler) {
    Class<?> type = handler.getClass();
    var source = type.getProtectionDomain().getCodeSource();
    return type.getName() + (source == null ? "" : " in " + source.getLocation());
  }

  private record Found(Map<String, List<ActionHandler>> handlers, List<String> problems) {}

  /**
   * What is known about an action.
   *
   * @param handler the handler; null for a part of the language, and when nobody offers the action
   *     or two do
   * @param descriptor what is known about the action, or null when nobody offers it or two do
   * @param problems why a handler that is there cannot be used
   */
  public record Lookup(
      @Nullable ActionHandler handler,
      @Nullable ActionDescriptor descriptor,
      List<String> problems) {
    static Lookup of(ActionHandler handler) {
      return new Lookup(handler, handler.descriptor(), List.of());
    }

    static Lookup broken(List<String> problems) {
      return new Lookup(null, null, problems);
    }

    /** Copies the list. */
    public Lookup {
      problems = List.copyOf(problems);
    }
  }
}
