package io.testmesh.engine.catalogue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The index that jars carry: which class offers which action. With it a run loads only the handlers
 * that it uses. Immutable.
 *
 * @param providers class names by action; more than one where jars disagree
 * @param unindexed names of provider classes that stand in no index
 */
record ActionIndex(Map<String, List<String>> providers, Set<String> unindexed) {
  private static final String INDEX = "META-INF/testmesh/actions.index";
  private static final String BUNDLE = "META-INF/testmesh/bundle.index";
  private static final String SERVICES = "META-INF/services/io.testmesh.action.ActionHandler";

  /** Reads the index and service files that the class loader sees. */
  static ActionIndex read(ClassLoader loader) {
    URL bundle = bundle(loader);
    List<URL> services = bundle == null ? all(loader, SERVICES) : List.of();
    return of(lines(bundle == null ? all(loader, INDEX) : List.of(bundle)), lines(services));
  }

  /**
   * The index of a whole application, where the class path is its one jar, which names the others:
   * they need not be opened then, which would be a tenth of a short run. Null everywhere else.
   */
  private static @Nullable URL bundle(ClassLoader loader) {
    String classPath = System.getProperty("java.class.path", "");
    if (loader != ClassLoader.getSystemClassLoader() || !classPath.endsWith(".jar")) {
      return null;
    }
    URL found = loader.getResource(BUNDLE);
    boolean isOfTheJar =
        found != null
            && found.toString().equals("jar:" + new File(classPath).toURI() + "!/" + BUNDLE);
    return isOfTheJar ? found : null;
  }

  private static ActionIndex of(List<String> index, List<String> services) {
    Map<String, List<String>> providers = new LinkedHashMap<>();
    Set<String> indexed = new HashSet<>();
    for (String line : index) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String type = line.substring(equals + 1).trim();
        String action = line.substring(0, equals).trim();
        List<String> types = providers.get(action);
        if (types == null) {
          types = new ArrayList<>(1);
          providers.put(action, types);
        }
        if (!types.contains(type)) {
          types.add(type);
        }
        indexed.add(type);
      }
    }
    Set<String> unindexed = new HashSet<>();
    for (String type : services) {
      if (!indexed.contains(type)) {
        unindexed.add(type);
      }
    }
    return new ActionIndex(providers, unindexed);
  }

  private static List<URL> all(ClassLoader loader, String resource) {
    List<URL> found = new ArrayList<>();
    try {
      Enumeration<URL> files = loader.getResources(resource);
      while (files.hasMoreElements()) {
        found.add(files.nextElement());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be looked for", e);
    }
    return found;
  }

  private static List<String> lines(List<URL> files) {
    List<String> lines = new ArrayList<>();
    for (URL file : files) {
      try {
        URLConnection connection = file.openConnection();
        // A cached connection would keep the jar open after its class loader is closed.
        connection.setUseCaches(false);
        try (InputStream stream = connection.getInputStream();
            BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).trim();
            if (!text.isEmpty()) {
              lines.add(text);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be read", e);
      }
    }
    return lines;
  }
}
