package io.testmesh.plugin.author;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.plugin.manifest.PluginId;
import io.testmesh.plugin.manifest.Quoted;
import io.testmesh.plugin.registry.Trees;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the folder of a new plugin: manifest, server, test flow, README. */
public final class PluginTemplate {
  private final ManifestReader reader;

  /** A template; the reader knows which ids are taken. */
  public PluginTemplate(ManifestReader reader) {
    this.reader = reader;
  }

  /** The languages that there are templates for. */
  public enum Language {
    /** Python 3, its standard library alone. */
    PYTHON("python", "server.py"),
    /** Node, without packages. */
    NODE("node", "server.js");

    private final String key;
    private final String entry;

    Language(String key, String entry) {
      this.key = key;
      this.entry = entry;
    }

    /** The name on the command line. */
    public String key() {
      return key;
    }

    /** The language of that name, or null. */
    public static @Nullable Language of(String key) {
      for (Language language : values()) {
        if (language.key.equals(key)) {
          return language;
        }
      }
      return null;
    }
  }

  /**
   * Makes a folder in another one that passes the check as it is.
   *
   * @param parent where to make it
   * @param id the plugin's id, and the folder's name
   * @return the folder
   * @throws PluginException ID_… for an id that cannot be used; TARGET_EXISTS, INSTALL_IO
   */
  public Path create(Path parent, String id, Language language) throws PluginException {
    PluginId.requireValid(id);
    Path folder = parent.resolve(id);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(folder);
    }
    boolean done = false;
    try {
      Files.createDirectories(parent);
      Files.createDirectory(folder);
      String in = language.key + "/";
      write(folder, "manifest.json", in + "manifest.json", id, language);
      write(folder, language.entry, in + language.entry, id, language);
      write(folder, "test-flow.yaml", "test-flow.yaml", id, language);
      write(folder, "README.md", "README.md", id, language);
      reader.read(folder);
      done = true;
      return folder;
    } catch (FileAlreadyExistsException another) {
      done = true; // whoever made it owns it
      throw exists(folder);
    } catch (IOException failed) {
      throw new PluginException(
          "INSTALL_IO", folder + " could not be written: " + failed.getMessage(), null, failed);
    } finally {
      if (!done) {
        Trees.delete(folder);
      }
    }
  }

  private static PluginException exists(Path folder) {
    return new PluginException(
        "TARGET_EXISTS", folder + " is there already", "choose another name, or remove it");
  }

  private static void write(Path folder, String name, String resource, String id, Language language)
      throws IOException {
    try (InputStream in = PluginTemplate.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(Quoted.text(resource) + " is missing in this program");
      }
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("{{id}}", id)
              .replace("{{name}}", title(id))
              .replace("{{entry}}", language.entry);
      Files.writeString(folder.resolve(name), text);
    }
  }

  /** {@code my-plugin} is My plugin. */
  private static String title(String id) {
    String words = id.replace('-', ' ').replace('_', ' ').replace('.', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
