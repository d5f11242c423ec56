package io.testmesh.engine.catalogue;

import java.io.BufferedReader;
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

/**
 * The index that jars carry: which class offers which action. With it a run loads only the handlers
 * that it uses. Immutable.
 *
 * @param providers class names by action; more than one where jars disagree
 * @param unindexed names of provider classes that stand in no index
 */
record ActionIndex(Map<String, List<String>> providers, Set<String> unindexed) {
  private static final String INDEX = "META-INF/testmesh/actions.index";
  private static final String SERVICES = "META-INF/services/io.testmesh.action.ActionHandler";

  /** Reads the index and service files that the class loader sees. */
  static ActionIndex read(ClassLoader loader) {
    Map<String, List<String>> providers = new LinkedHashMap<>();
    Set<String> indexed = new HashSet<>();
    for (String line : lines(loader, INDEX)) {
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
    for (String type : lines(loader, SERVICES)) {
      if (!indexed.contains(type)) {
        unindexed.add(type);
      }
    }
    return new ActionIndex(providers, unindexed);
  }

  private static List<String> lines(ClassLoader loader, String resource) {
    List<String> lines = new ArrayList<>();
    try {
      Enumeration<URL> files = loader.getResources(resource);
      while (files.hasMoreElements()) {
        URLConnection connection = files.nextElement().openConnection();
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
      }
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
    return lines;
  }
}
