package io.testmesh.plugin.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.plugin.registry.PluginDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check says about a folder. */
final class PluginCheckTest {
  @TempDir private Path folder;
  private final ManifestReader reader = new ManifestReader(() -> Set.of("log"), "0.1.0");
  private final List<Manifest> started = new ArrayList<>();
  private final List<Finding> protocol = new ArrayList<>();
  private PluginDirectory plugins;

  @BeforeEach
  void start() {
    plugins = new PluginDirectory(folder);
  }

  private Path plugin(Map<String, ?> changes) throws IOException {
    Path made = plugins.plugin("good", "good", changes);
    Files.writeString(made.resolve("server.py"), "port = os.environ['PLUGIN_PORT']\n");
    return made;
  }

  private List<Finding> check(Path plugin) {
    PluginCheck check =
        new PluginCheck(
            reader,
            manifest -> {
              assertThat(manifest.folder().resolve("server.py")).exists();
              started.add(manifest);
              return protocol;
            });
    return check.check(plugin);
  }

  private String only(Path plugin) {
    List<Finding> findings = check(plugin);
    assertThat(findings).hasSize(1);
    Finding one = findings.get(0);
    return one.severity() + " " + one.code() + " " + one.message() + " -> " + one.fix();
  }

  @Test
  @Row("B18")
  void a_good_plugin_is_started_from_a_copy_and_nothing_is_left() throws Exception {
    Path plugin = plugin(Map.of());
    protocol.add(Finding.warning("X", "said by the protocol checks", "fix"));

    List<Finding> findings = check(plugin);

    assertThat(findings).isEqualTo(protocol);
    assertThat(PluginCheck.passed(findings)).isTrue();
    assertThat(started).hasSize(1);
    assertThat(started.get(0).folder()).isNotEqualTo(plugin).doesNotExist();
  }

  @Test
  @Row({"A8", "A14", "A15"})
  void each_fault_of_the_manifest_is_a_finding_with_its_fix() throws Exception {
    Path plugin = plugin(Map.of("version", "1.0", "type", "reportr", "entrypoint", "x.py"));

    List<Finding> findings = check(plugin);

    assertThat(findings)
        .extracting(Finding::code)
        .containsExactly("VERSION_INVALID", "TYPE_UNKNOWN", "MANIFEST_UNKNOWN_KEY");
    assertThat(findings)
        .extracting(Finding::fix)
        .containsExactly("write \"1.0.0\"", "did you mean \"reporter\"?", "mend manifest.json");
    assertThat(PluginCheck.passed(findings)).isFalse();
    assertThat(started).isEmpty();
  }

  @Test
  @Row("A1")
  void what_is_no_plugin_is_told() throws Exception {
    assertThat(only(folder.resolve("missing")))
        .isEqualTo(
            "ERROR SOURCE_INVALID "
                + folder.resolve("missing")
                + " does not exist -> name the plugin's folder");
    assertThat(only(Files.writeString(folder.resolve("file"), "x"))).contains(" is no folder");
    assertThat(only(Files.createDirectory(folder.resolve("empty"))))
        .isEqualTo(
            "ERROR MANIFEST_MISSING manifest.json is missing in the folder \"empty\" -> a plugin's "
                + "folder has a manifest.json at its root");
  }

  @ParameterizedTest
  @Row({"C6", "C7", "C9"})
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          run.rb   | puts 1                   | rwxr-xr-x | ERROR RUNTIME_UNKNOWN run.rb is neither a program nor does it begin with #!
          run      | #!/bin/sh\\necho         | rw-r--r-- | ERROR NOT_EXECUTABLE run is not executable -> chmod +x run
          run      | #!/bin/sh\\r\\necho\\r\\n | rwxr-xr-x | ERROR BAD_SHEBANG run has lines that end in \\r\\n: the system looks for a program whose name ends in \\r
          run.sh   | echo PLUGIN_PORT\\r\\n   | rw-r--r-- | ERROR BAD_SHEBANG run.sh has lines that end in \\r\\n: bash does not understand them -> save it with Unix line ends
          run.PY   | print()                  | rw-r--r-- | WARNING RUNTIME_UNKNOWN run.PY ends in .PY, not in .py
          run.jar  | text                     | rw-r--r-- | ERROR ENTRY_INVALID run.jar is no jar -> pack it anew
          run      | #!/bin/sh\\necho         | rwxr-xr-x | none
          run.jar  | PK                       | rw-r--r-- | none
          """)
  void the_entry_point_can_be_run(String name, String content, String rights, String expected)
      throws Exception {
    Path plugin = plugin(Map.of("entry_point", name));
    Path entry = plugin.resolve(name);
    Files.writeString(entry, content.replace("\\n", "\n").replace("\\r", "\r"));
    Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString(rights));

    if (expected == null) {
      assertThat(check(plugin)).isEmpty();
    } else {
      assertThat(only(plugin)).startsWith(expected);
    }
  }

  @Test
  void files_with_secrets_are_pointed_at() throws Exception {
    Path plugin = plugin(Map.of());
    for (String name : List.of(".env", ".env.local", "server.pem", "id_rsa")) {
      Files.writeString(plugin.resolve(name), "secret");
    }

    List<Finding> findings = check(plugin);

    assertThat(findings).extracting(Finding::code).containsOnly("SECRET_FILE").hasSize(4);
    assertThat(findings)
        .extracting(Finding::message)
        .contains(".env looks like it holds secrets", "server.pem looks like it holds secrets");
  }

  @ParameterizedTest
  @Row("B18")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server.js     | const sdk = require('../../sdk/node');  | server.js:1 uses ../../sdk/node
          server.js     | import { x } from "../sdk.js";          | server.js:1 uses ../sdk.js
          lib/a/b.mjs   | await import('./../../../x.mjs')        | lib/a/b.mjs:1 uses ../../../x.mjs
          lib/b.py      | sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', '..', 'sdk')) | lib/b.py:1 uses a parent folder as a place of modules
          c.py          | sys.path.append(str(Path(__file__).resolve().parents[1])) | c.py:1 uses a parent folder as a place of modules
          c.py          | sys.path.append(str(Path(__file__).parent.parent)) | c.py:1 uses a parent folder as a place of modules
          """)
  void what_is_loaded_from_outside_is_found(String file, String line, String expected)
      throws Exception {
    Path plugin = plugin(Map.of());
    Files.createDirectories(plugin.resolve(file).getParent());
    Files.writeString(plugin.resolve(file), line + "\n");

    assertThat(only(plugin))
        .isEqualTo(
            "ERROR IMPORT_OUTSIDE "
                + expected
                + ", outside of the plugin's folder -> copy it into the folder: only the folder "
                + "is installed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lib/a.js | const x = require('../server.js')
          a.js     | // const x = require('../server.js')
          a.js     | const text = '../not loaded'
          lib/a.py | sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
          lib/a.py | sys.path.insert(0, str(Path(__file__).parent.parent))
          a.py     | sys.path.insert(0, str(Path(__file__).parent))
          a.py     | # sys.path.insert(0, '..')
          """)
  void what_is_loaded_from_inside_is_fine(String file, String line) throws Exception {
    Path plugin = plugin(Map.of());
    Files.createDirectories(plugin.resolve(file).getParent());
    Files.writeString(plugin.resolve(file), line + "\n");

    assertThat(check(plugin)).isEmpty();
  }

  @Test
  @Row("C19")
  void a_plugin_that_never_reads_its_port_is_noted() throws Exception {
    Path plugin = plugin(Map.of());
    Files.writeString(plugin.resolve("server.py"), "port = 8080\n");

    assertThat(only(plugin)).startsWith("WARNING PORT_IGNORED no source names PLUGIN_PORT");
  }

  @Test
  @Row("B7")
  void a_folder_that_cannot_be_installed_is_an_error() throws Exception {
    Path plugin = plugin(Map.of());
    Files.createSymbolicLink(plugin.resolve("link"), Path.of("/etc/hostname"));

    assertThat(only(plugin)).startsWith("ERROR SOURCE_UNSAFE the folder holds \"link\", which is");
    assertThat(started).isEmpty();
    Files.delete(plugin.resolve("link")); // so that JUnit has no link to warn of
  }

  @Test
  @Row("B19")
  void packages_that_are_missing_are_told() throws Exception {
    Path plugin = plugin(Map.of());
    Files.writeString(plugin.resolve("requirements.txt"), "requests\n");

    assertThat(only(plugin)).startsWith("WARNING DEPS_MISSING requirements.txt names packages");
  }
}
