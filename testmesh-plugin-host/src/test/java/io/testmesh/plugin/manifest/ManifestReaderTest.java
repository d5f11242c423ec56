package io.testmesh.plugin.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.registry.PluginDirectory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading manifests: each fault has its code, its place and its cure. */
final class ManifestReaderTest {
  private static final String GOOD =
      """
      {
        "id": "good",
        "name": "Good",
        "version": "1.0.0",
        "type": "action",
        "entry_point": "server.py"
      }
      """;

  @TempDir private Path folder;
  private Path plugin;
  private final ManifestReader reader =
      new ManifestReader(() -> Set.of("log", "kafka.produce"), "0.2.0-SNAPSHOT");

  @BeforeEach
  void make() throws IOException {
    plugin = Files.createDirectory(folder.resolve("good")).toRealPath();
    Files.writeString(plugin.resolve("server.py"), "print()\n");
    manifest(GOOD);
  }

  private void manifest(String text) throws IOException {
    Files.writeString(plugin.resolve("manifest.json"), text);
  }

  /** The manifest with fields changed; a value of null leaves the field out. */
  private void with(String key, String json) throws IOException {
    StringBuilder text = new StringBuilder("{");
    PluginDirectory.fields("good")
        .forEach(
            (name, value) -> {
              if (!name.equals(key)) {
                text.append("\n\"").append(name).append("\": \"").append(value).append("\",");
              }
            });
    manifest(text + "\n\"" + key + "\": " + json + "}");
  }

  private PluginException refused() {
    ManifestReport report = reader.inspect(plugin, true);
    assertThat(report.manifest()).isNull();
    return report.toException();
  }

  private String said() {
    return String.valueOf(refused().getMessage());
  }

  @Test
  void all_fields_are_read() throws Exception {
    manifest(
        GOOD.replace(
            "server.py\"",
            """
            server.py",
              "permissions": ["network"],
              "config": {"timeout": 30, "ratio": 0.5, "none": null},
              "start_timeout": "1m30s",
              "env": ["API_KEY"],
              "own": [1]"""));

    Manifest manifest = reader.read(plugin);

    assertThat(manifest.id()).isEqualTo("good");
    assertThat(manifest.type()).isEqualTo(PluginType.ACTION);
    assertThat(manifest.entryPoint()).isEqualTo("server.py");
    assertThat(manifest.permissions()).containsExactly("network");
    assertThat(manifest.config()).containsEntry("timeout", 30L).containsEntry("ratio", 0.5);
    assertThat(manifest.config()).containsKey("none");
    assertThat(manifest.startTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(manifest.environment()).containsExactly("API_KEY");
    assertThat(manifest.raw()).containsEntry("own", List.of(1L));
    assertThat(manifest.folder()).isEqualTo(plugin);
    assertThat(manifest.warnings()).isEmpty();
  }

  @Test
  @Row("A1")
  void a_folder_without_manifest_is_named() throws Exception {
    Files.delete(plugin.resolve("manifest.json"));

    assertThat(refused().code()).isEqualTo("MANIFEST_MISSING");
    assertThat(said())
        .isEqualTo("plugin \"good\": manifest.json is missing in the folder \"good\"");
  }

  @ParameterizedTest
  @Row("A2")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id": "good",\\n "name": }                  | 2:10 a value is missing before }
          {"id": "good",\\n "name": "x",}              | 2:14 a comma before } is not allowed
          {"id": "good"\\n "name": "x"}                | 2:2 a comma or colon is missing before "
          {"id": 'good'}                               | 1:8 JSON wants double quotes
          {"id": "good", // mine\\n"name": "x"}        | 1:16 JSON has no comments
          {"id": "good                                 | 1:13 the file ends too early
          {"id": "good\\n", "name": "x"}               | 1:13 a text has to end in its line; a line break in it is written \\n
          {"id": "good"                                | 1:14 the file ends too early
          {"id": "good"} {}                            | 1:16 something follows the end
          <<<<<<< HEAD\\n{}                            | 1:1 the file holds an unsolved merge conflict
          {id: "good"}                                 | 1:2 the key id has to stand in double quotes
          {"id": NaN}                                  | 1:8 unexpected NaN
          {"id": [1 2]}                                | 1:11 unexpected 2
          """)
  void a_syntax_error_has_line_and_column(String text, String expected) throws Exception {
    manifest(text.replace("\\n", "\n"));

    assertThat(refused().code()).isEqualTo("MANIFEST_SYNTAX");
    assertThat(said()).isEqualTo("plugin \"good\": manifest.json:" + expected);
  }

  @Test
  @Row("A2")
  void an_empty_manifest_is_an_error() throws Exception {
    manifest("");

    assertThat(said()).isEqualTo("plugin \"good\": manifest.json:1:1 the file is empty");
  }

  @Test
  @Row("A3")
  void a_byte_order_mark_is_accepted_and_noted() throws Exception {
    manifest("\uFEFF" + GOOD);

    assertThat(reader.read(plugin).warnings())
        .containsExactly(
            new PluginWarning(
                "MANIFEST_ENCODING", "manifest.json begins with a byte order mark; leave it out"));
  }

  @ParameterizedTest
  @Row("A3")
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void other_encodings_are_refused_with_and_without_mark(String encoding) throws Exception {
    for (String mark : List.of("", "\uFEFF")) {
      Files.write(
          plugin.resolve("manifest.json"), (mark + GOOD).getBytes(Charset.forName(encoding)));

      assertThat(refused().code()).isEqualTo("MANIFEST_ENCODING");
      assertThat(said())
          .isEqualTo(
              "plugin \"good\": manifest.json:1:1 the file is written in "
                  + encoding.substring(0, 6)
                  + ", it must be UTF-8");
      assertThat(refused().hint()).contains("save the file as UTF-8");
    }
  }

  @Test
  @Row("A4")
  void malformed_bytes_are_never_replaced() throws Exception {
    Files.write(
        plugin.resolve("manifest.json"),
        GOOD.replace("Good", "G\u00FCt").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(refused().code()).isEqualTo("MANIFEST_ENCODING");
    assertThat(said()).isEqualTo("plugin \"good\": manifest.json:3:13 the byte 0xFC is not UTF-8");
  }

  @Test
  @Row("A4")
  void half_a_character_is_an_error() throws Exception {
    manifest(GOOD.replace("Good", "\\ud83d Good"));

    assertThat(refused().code()).isEqualTo("MANIFEST_ENCODING");
    assertThat(said()).contains(":3:11 the text holds half a character: \\ud83d");
  }

  @Test
  @Row("A5")
  void a_manifest_of_more_than_a_mebibyte_is_not_read() throws Exception {
    byte[] large = new byte[(1 << 20) + 1];
    Arrays.fill(large, (byte) ' ');
    Files.write(plugin.resolve("manifest.json"), large);

    assertThat(refused().code()).isEqualTo("MANIFEST_TOO_LARGE");
    assertThat(said()).isEqualTo("plugin \"good\": manifest.json is larger than 1 MiB");
  }

  @Test
  @Row("A5")
  void nesting_ends_at_64() throws Exception {
    with("config", "{\"a\": " + "[".repeat(62) + "]".repeat(62) + "}");
    assertThat(reader.inspect(plugin, true).problems()).isEmpty();

    with("config", "{\"a\": " + "[".repeat(63) + "]".repeat(63) + "}");
    assertThat(refused().code()).isEqualTo("MANIFEST_TOO_LARGE");
    assertThat(said()).contains("nested more than 64 levels deep");
  }

  @ParameterizedTest
  @Row("A5")
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1e401"})
  @Timeout(value = 5, unit = TimeUnit.SECONDS)
  void a_huge_exponent_is_an_error(String number) throws Exception {
    with("config", "{\"a\": " + number + "}");

    assertThat(refused().code()).isEqualTo("MANIFEST_TOO_LARGE");
    assertThat(said()).contains("the number " + number + " has too large an exponent");
  }

  @Test
  @Row("A5")
  void a_number_of_thousands_of_digits_is_an_error() throws Exception {
    with("config", "{\"a\": " + "9".repeat(5000) + "}");

    assertThat(refused().code()).isEqualTo("MANIFEST_TOO_LARGE");
  }

  @Test
  @Row("A6")
  void a_key_that_is_there_twice_is_an_error() throws Exception {
    manifest(GOOD.replace("\"type\"", "\"version\": \"2.0.0\",\n  \"type\""));

    assertThat(refused().code()).isEqualTo("MANIFEST_DUPLICATE_KEY");
    assertThat(said())
        .isEqualTo(
            "plugin \"good\": manifest.json:5:3 the key \"version\" is there twice, first in line 4");
  }

  @Test
  @Row("A7")
  void unknown_keys_are_kept_and_near_ones_pointed_at() throws Exception {
    manifest(GOOD.replace("\"type\"", "\"entrypoint\": \"x.py\",\n  \"colour\": 1,\n  \"type\""));

    Manifest manifest = reader.read(plugin);

    assertThat(manifest.raw()).containsEntry("colour", 1L);
    assertThat(manifest.warnings())
        .containsExactly(
            new PluginWarning(
                "MANIFEST_UNKNOWN_KEY",
                "manifest.json:5 has an unknown key \"entrypoint\"; did you mean \"entry_point\"?"));
  }

  @Test
  @Row("A8")
  void all_missing_and_wrong_fields_are_in_one_error() throws Exception {
    manifest("{\"id\": 5,\n \"entryPoint\": \"server.py\",\n \"version\": \"\", \"config\": []}");

    PluginException refused = refused();

    assertThat(refused.code()).isEqualTo("MANIFEST_INVALID");
    assertThat(refused)
        .hasMessage(
            "plugin \"good\": manifest.json \"name\" is missing; "
                + "manifest.json:1:8 \"id\" wants a text, got the number 5; "
                + "manifest.json:3:13 \"version\" wants a text, got an empty text; "
                + "manifest.json \"type\" is missing; "
                + "manifest.json \"entry_point\" is missing; "
                + "manifest.json:3:27 \"config\" wants an object, got a list");
    assertThat(refused.hint()).contains("\"entryPoint\" is written entry_point");
    assertThat(refused.details().get("problems"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(6)
        .last()
        .isEqualTo(
            Map.of(
                "code", "MANIFEST_INVALID",
                "place", "manifest.json:3:27",
                "pointer", "/config",
                "message", "\"config\" wants an object, got a list"));
  }

  @ParameterizedTest
  @Row("A8")
  @ValueSource(strings = {"[]", "5", "\"text\"", "null"})
  void a_manifest_that_is_no_object_is_an_error(String text) throws Exception {
    manifest(text);

    assertThat(refused().code()).isEqualTo("MANIFEST_INVALID");
    assertThat(said()).contains("wants to be an object");
  }

  @ParameterizedTest
  @Row("A8")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permissions   | "network"      | "permissions" wants a list of texts, got the text "network"
          permissions   | ["a", 5]       | "permissions" wants texts, got the number 5
          description   | {}             | "description" wants a text, got an object
          env           | ["A B"]        | "env" wants names of the environment, got "A B"
          env           | ["A=b"]        | "env" wants names of the environment, got "A=b"
          start_timeout | "soon"         | "start_timeout" wants a duration such as 45s, or seconds, up to an hour, got the text "soon"
          start_timeout | 0              | "start_timeout" wants a duration such as 45s, or seconds, up to an hour, got the number 0
          start_timeout | true           | "start_timeout" wants a duration such as 45s, or seconds, up to an hour, got true
          protocol      | {}             | "protocol" wants a number or a list of them
          requires      | "newest"       | "requires" wants a range of versions such as ">=0.1", got "newest"
          """)
  void optional_fields_have_types_too(String key, String json, String expected) throws Exception {
    with(key, json);

    assertThat(refused().code()).isEqualTo("MANIFEST_INVALID");
    assertThat(said()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"3, 3000", "0.5, 500", "\"3s\", 3000", "\"250ms\", 250", "\"1m30s\", 90000"})
  void a_start_timeout_is_seconds_or_a_duration(String json, long millis) throws Exception {
    with("start_timeout", json.replace("'", "\""));

    assertThat(reader.read(plugin).startTimeout()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @Row("A9")
  @ValueSource(
      strings = {
        "a/b",
        "a\\\\b",
        "../up",
        "a..b",
        "..",
        "c:",
        "a\\u0000",
        "a\\u0007b",
        "a\\u202Eb",
        "a.",
        "a ",
        " a",
        "a-",
        "-a",
        "1a",
        "Abc",
        "h\u00FCt",
        "a\\n",
        "con",
        "com1.x",
        "a__b"
      })
  void ids_that_could_be_paths_or_tricks_are_refused(String id) throws Exception {
    with("id", "\"" + id + "\"");

    assertThat(refused().details()).doesNotContainKey("id");
    assertThat(refused().code()).isIn("ID_INVALID", "MANIFEST_INVALID");
    assertThat(said()).doesNotContain("\u202E").doesNotContain("\n").doesNotContain("\0");
  }

  @Test
  @Row("A9")
  void an_id_of_64_characters_is_the_longest() throws Exception {
    with("id", "\"" + "a".repeat(64) + "\"");
    assertThat(reader.read(plugin).id()).hasSize(64);

    with("id", "\"" + "a".repeat(65) + "\"");
    assertThat(refused().code()).isEqualTo("ID_INVALID");
    assertThat(said()).endsWith("\" is 65 characters long, 64 are allowed");
  }

  @Test
  @Row("A9")
  void a_near_id_is_proposed() throws Exception {
    with("id", "\"My Plugin!\"");

    assertThat(said()).contains("id \"My Plugin!\" has to begin with a small letter");
    assertThat(refused().hint()).contains("for example \"my-plugin\"");
  }

  @ParameterizedTest
  @Row("A10")
  @ValueSource(strings = {"native", "types", "install", "discover"})
  void words_of_the_address_are_no_ids(String id) throws Exception {
    with("id", "\"" + id + "\"");

    assertThat(refused().code()).isEqualTo("ID_RESERVED");
    assertThat(refused().hint()).contains("for example \"" + id + "-plugin\"");
  }

  @ParameterizedTest
  @Row("A11")
  @ValueSource(strings = {"log", "kafka", "kafka.produce"})
  void built_in_actions_names_are_no_ids(String id) throws Exception {
    with("id", "\"" + id + "\"");

    assertThat(refused().code()).isEqualTo("ID_BUILTIN_CLASH");
    assertThat(said()).contains("id \"" + id + "\" is the name of built-in actions, which win");
  }

  @ParameterizedTest
  @Row("A14")
  @CsvSource({"1.0, 1.0.0", "v1.0.0, 1.0.0", "1, 1.0.0", "01.2.3, 1.2.3", "1.0-beta, 1.0.0-beta"})
  void a_version_that_is_not_semantic_is_refused_at_install_and_noted_at_scan(
      String version, String near) throws Exception {
    with("version", "\"" + version + "\"");

    assertThat(refused().code()).isEqualTo("VERSION_INVALID");
    assertThat(refused().hint()).contains("write \"" + near + "\"");
    Manifest scanned = Objects.requireNonNull(reader.inspect(plugin, false).manifest());
    assertThat(scanned.warnings())
        .containsExactly(
            new PluginWarning(
                "VERSION_INVALID",
                "version \""
                    + version
                    + "\" is no semantic version such as 1.0.0; write \""
                    + near
                    + "\""));
  }

  @Test
  @Row("A15")
  void an_unknown_type_names_the_five() throws Exception {
    with("type", "\"acton\"");

    assertThat(refused().code()).isEqualTo("TYPE_UNKNOWN");
    assertThat(said())
        .contains("type \"acton\" is none of action, auth, importer, exporter, reporter");
    assertThat(refused().hint()).contains("did you mean \"action\"?");
  }

  @ParameterizedTest
  @Row("A17")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /etc/passwd        | is absolute
          C:\\\\x.py         | is absolute
          ../good/server.py  | leads out of the plugin's folder with ..
          a/../../x.py       | leads out of the plugin's folder with ..
          """)
  void an_entry_point_outside_is_refused(String entry, String expected) throws Exception {
    with("entry_point", "\"" + entry + "\"");

    assertThat(refused().code()).isEqualTo("ENTRY_OUTSIDE");
    assertThat(said()).contains(expected);
  }

  @Test
  @Row("A17")
  void a_link_out_of_the_folder_is_refused_also_to_a_folder_with_a_longer_name() throws Exception {
    Path sibling = Files.createDirectory(folder.resolve("good-2"));
    Files.writeString(sibling.resolve("other.py"), "print()");
    Files.createSymbolicLink(plugin.resolve("link.py"), sibling.resolve("other.py"));
    Files.createSymbolicLink(plugin.resolve("linked"), sibling);

    for (String entry : List.of("link.py", "linked/other.py")) {
      with("entry_point", "\"" + entry + "\"");
      assertThat(refused().code()).isEqualTo("ENTRY_OUTSIDE");
      assertThat(said()).contains("leads out of the plugin's folder, to ");
    }
  }

  @Test
  @Row("A17")
  void a_link_inside_of_the_folder_is_fine() throws Exception {
    Files.createSymbolicLink(plugin.resolve("link.py"), Path.of("server.py"));
    with("entry_point", "\"link.py\"");

    assertThat(reader.read(plugin).entryPoint()).isEqualTo("link.py");
  }

  @Test
  @Row("A18")
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void an_entry_point_that_is_no_file_is_refused() throws Exception {
    Files.createDirectory(plugin.resolve("folder"));
    Files.createFile(plugin.resolve("empty.py"));
    Files.createSymbolicLink(plugin.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(plugin.resolve("loop"), Path.of("loop"));
    Fifo.make(plugin.resolve("pipe"));
    Map<String, String> expected =
        Map.of(
            "folder", "is a folder, a file to run is wanted",
            ".", "is a folder, a file to run is wanted",
            "empty.py", "is empty",
            "missing.py", "does not exist in the folder",
            "dangling", "is a link that leads nowhere",
            "loop", "is a link that leads nowhere",
            "pipe", "is no regular file but a pipe, socket or device");
    for (Map.Entry<String, String> entry : expected.entrySet()) {
      with("entry_point", "\"" + entry.getKey() + "\"");

      assertThat(refused().code()).isEqualTo("ENTRY_INVALID");
      assertThat(said()).endsWith("entry_point \"" + entry.getKey() + "\" " + entry.getValue());
    }
    with("entry_point", "\"main.py\"");
    assertThat(refused().hint()).contains("there is a server.py");
  }

  @Test
  @Row("A19")
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void a_manifest_that_is_no_file_is_never_opened() throws Exception {
    Path file = plugin.resolve("manifest.json");
    Files.delete(file);
    Fifo.make(file);
    assertThat(said()).endsWith("manifest.json is no regular file but a pipe, socket or device");

    Files.delete(file);
    Files.createDirectory(file);
    assertThat(said()).endsWith("manifest.json is a folder");

    for (String target : List.of("nowhere", "manifest.json", "/dev/zero", "../outside.json")) {
      Files.writeString(folder.resolve("outside.json"), GOOD);
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of(target));
      assertThat(refused().code()).isEqualTo("MANIFEST_INVALID");
      assertThat(said())
          .endsWith("manifest.json is a link that leads nowhere or out of the folder");
    }
  }

  @ParameterizedTest
  @Row("A26")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          requires | ">=1.4"               | the plugin needs TestMesh >=1.4, this is 0.2.0-SNAPSHOT
          requires | {"testmesh": "^0.3"}  | the plugin needs TestMesh ^0.3, this is 0.2.0-SNAPSHOT
          protocol | 3                     | the plugin speaks protocol 3, this host protocol 1
          protocol | [2, 3]                | the plugin speaks protocol 2, this host protocol 1
          runtime  | "exec"                | runtime "exec" needs protocol 2, this host speaks protocol 1
          """)
  void a_manifest_of_the_future_says_what_it_needs(String key, String json, String expected)
      throws Exception {
    with(key, json);

    assertThat(refused().code()).isEqualTo("HOST_TOO_OLD");
    assertThat(said()).endsWith(expected);
  }

  @ParameterizedTest
  @Row("A26")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          requires | ">=0.1 <1"
          requires | "~0.2"
          requires | {}
          protocol | 1
          protocol | [1, 2]
          protocol | "1"
          runtime  | "python"
          """)
  void what_fits_is_read(String key, String json) throws Exception {
    with(key, json);

    assertThat(reader.read(plugin).raw()).containsKey(key);
  }

  @Test
  void reading_what_is_wrong_throws() throws Exception {
    with("type", "\"x\"");

    assertThatThrownBy(() -> reader.read(plugin)).isInstanceOf(PluginException.class);
  }
}
