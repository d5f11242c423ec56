package io.testmesh.engine.check;

import io.testmesh.engine.value.JsonValues;
import io.testmesh.engine.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the file that {@code run_flow} takes values from. */
public final class InputFile {
  private InputFile() {}

  /**
   * The values of an input file, JSON or YAML.
   *
   * @throws IOException with a message for people when they cannot be had
   */
  public static Map<String, @Nullable Object> read(Path file) throws IOException {
    Object value;
    try {
      value = new YamlText().value(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the file \"" + file.getFileName() + "\" cannot be read: " + e.getMessage(), e);
    }
    if (value instanceof Map<?, ?> map) {
      return JsonValues.copyMap(map);
    }
    throw new IOException(
        "the file \""
            + file.getFileName()
            + "\" wants a map of names and values, got "
            + ConfigValues.shown(value));
  }
}
