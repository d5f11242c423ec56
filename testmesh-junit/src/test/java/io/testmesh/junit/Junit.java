package io.testmesh.junit;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A version of JUnit with class loaders of its own, and TestMesh beside it. */
final class Junit {
  private final String version;

  private Junit(String version) {
    this.version = version;
  }

  static Junit version(String version) {
    return new Junit(version);
  }

  /** Runs all tests of a class. */
  List<Event> run(Class<?> fixture, String... parameters) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("class", fixture.getName());
    for (int i = 0; i < parameters.length; i += 2) {
      request.put(parameters[i], parameters[i + 1]);
    }
    return run(request);
  }

  /** Runs what has that id. */
  List<Event> run(String uniqueId) {
    return run(Map.of("uniqueId", uniqueId));
  }

  private List<Event> run(Map<String, String> request) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      @SuppressWarnings("unchecked")
      Function<Map<String, String>, List<Map<String, String>>> probe =
          (Function<Map<String, String>, List<Map<String, String>>>)
              loader.loadClass(Probe.class.getName()).getConstructor().newInstance();
      return probe.apply(request).stream().map(Event::new).toList();
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private URL[] classPath() throws IOException {
    boolean own = version.equals("5.9.0");
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (own || !name.startsWith("junit-")) {
        urls.add(url(Path.of(entry)));
      }
    }
    if (!own) {
      try (Stream<Path> jars = Files.list(Path.of("target", "junit", version))) {
        for (Path jar : jars.toList()) {
          urls.add(url(jar));
        }
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }

  /** A test or container that ended. */
  record Event(Map<String, String> values) {
    String get(String key) {
      return values.getOrDefault(key, "");
    }

    String name() {
      return get("name");
    }

    boolean isTest() {
      return get("kind").equals("test");
    }

    boolean passed() {
      return get("status").equals("SUCCESSFUL");
    }

    String message() {
      return get("message");
    }

    /** Name and status in one line. */
    @Override
    public String toString() {
      return name() + " " + get("status");
    }
  }
}
