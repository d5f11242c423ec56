package io.testmesh;

import io.testmesh.spi.FlowRunnerProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine on a class path as {@link java.util.ServiceLoader} does, but stops at the first
 * one: the service loader opens every jar, which is a quarter of the start-up of a short run.
 */
final class EngineLookup {
  private static final String SERVICE = "META-INF/services/io.testmesh.spi.FlowRunnerProvider";

  private EngineLookup() {}

  /** The engine's provider; null when there is none on the class path, or only in a module. */
  static @Nullable FlowRunnerProvider onClassPath(ClassLoader loader) {
    try (InputStream stream = loader.getResourceAsStream(SERVICE)) {
      if (stream == null) {
        return null;
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      String line = reader.readLine();
      if (line == null || line.isBlank() || line.startsWith("#")) {
        return null;
      }
      Class<?> type = Class.forName(line.trim(), true, loader);
      return FlowRunnerProvider.class.isAssignableFrom(type)
          ? type.asSubclass(FlowRunnerProvider.class).getConstructor().newInstance()
          : null;
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      // The service loader explains what is wrong with a provider.
      return null;
    }
  }
}
