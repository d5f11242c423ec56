package io.testmesh.junit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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
final class Junit implements AutoCloseable {
  static final String OLDEST = "5.8.0";

  private final URLClassLoader loader;

  private Junit(URLClassLoader loader) {
    this.loader = loader;
  }

  /** Opens a version. */
  static Junit version(String version) {
    try {
      return new Junit(
          new URLClassLoader(classPath(version), ClassLoader.getPlatformClassLoader()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tests of a class that ended. */
  List<Event> tests(Class<?> fixture, String... parameters) {
    return run(fixture, parameters).stream().filter(Event::isTest).toList();
  }

  /** Everything of a class that ended. */
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
    try {
      thread.setContextClassLoader(loader);
      @SuppressWarnings("unchecked")
      Function<Map<String, String>, List<Map<String, String>>> probe =
          (Function<Map<String, String>, List<Map<String, String>>>)
              loader.loadClass(Probe.class.getName()).getConstructor().newInstance();
      return probe.apply(request).stream().map(Event::new).toList();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL[] classPath(String version) throws IOException {
    boolean own = version.equals(OLDEST);
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

    /** Name and status in one line; of what broke in JUnit, the reason too. */
    @Override
    public String toString() {
      String thrown = get("thrown");
      return name()
          + " "
          + get("status")
          + (thrown.startsWith("org.junit") ? ": " + message() : "");
    }
  }
}
