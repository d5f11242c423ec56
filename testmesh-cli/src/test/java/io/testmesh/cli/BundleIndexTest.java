package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BundleIndexTest {
  @Test
  void the_bundle_knows_the_actions_of_all_its_jars() throws IOException {
    assertThat(entries("META-INF/testmesh/bundle.index"))
        .isNotEmpty()
        .isEqualTo(entries("META-INF/testmesh/actions.index"));
  }

  @Test
  void no_jar_of_the_bundle_has_actions_without_an_index() throws IOException {
    TreeSet<String> classes = new TreeSet<>();
    for (String entry : entries("META-INF/testmesh/bundle.index")) {
      classes.add(entry.substring(entry.indexOf('=') + 1));
    }
    assertThat(entries("META-INF/services/io.testmesh.action.ActionHandler")).isEqualTo(classes);
  }

  private static TreeSet<String> entries(String resource) throws IOException {
    TreeSet<String> entries = new TreeSet<>();
    ClassLoader loader = BundleIndexTest.class.getClassLoader();
    for (URL file : Collections.list(loader.getResources(resource))) {
      try (InputStream stream = file.openStream()) {
        for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
          if (!line.isBlank() && !line.startsWith("#")) {
            entries.add(line.trim());
          }
        }
      }
    }
    return entries;
  }
}
