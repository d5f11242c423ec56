package io.testmesh.plugin.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.RunnerSettings;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.admin.HostedPlugins;
import io.testmesh.plugin.manifest.Manifest;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a check finds out by running plugins. */
@ExtendWith(LeakCheck.class)
@Timeout(120)
final class RunningChecksTest {
  @TempDir private Path folder;

  private List<String> check(Lab lab, String id) {
    Manifest manifest = lab.installed(id).manifest();
    return ProtocolChecks.running(
            place ->
                HostedPlugins.open(
                    RunnerSettings.builder().environment(System.getenv()).plugins(place).build(),
                    Set::of))
        .check(manifest)
        .stream()
        .map(finding -> finding.severity() + " " + finding.code() + " " + finding.message())
        .toList();
  }

  @Test
  void the_node_sample_has_its_known_weaknesses() {
    assertThat(check(new Lab(folder).sample("my-js-plugin"), "my-js-plugin"))
        .allMatch(finding -> finding.startsWith("WARNING "))
        .contains(
            "WARNING BAD_REQUEST it ends when it is sent a request that is no JSON",
            "WARNING BAD_REQUEST it ends when it is sent a request without config");
  }

  @Test
  void the_python_sample_has_its_known_weaknesses() {
    assertThat(check(new Lab(folder).sample("my-plugin"), "my-plugin"))
        .allMatch(finding -> finding.startsWith("WARNING "))
        .contains("WARNING BAD_REQUEST it gives no answer to a request that is no JSON");
  }

  @Test
  void new_plugins_have_no_weakness() throws Exception {
    Lab lab = new Lab(folder);
    PluginTemplate template =
        new PluginTemplate(new io.testmesh.plugin.manifest.ManifestReader(Set::of, null));
    template.create(lab.plugins, "in-python", PluginTemplate.Language.PYTHON);
    template.create(lab.plugins, "in-node", PluginTemplate.Language.NODE);

    assertThat(check(lab, "in-python")).isEmpty();
    assertThat(check(lab, "in-node")).isEmpty();
  }

  /** A plugin in Python with these lines before its server starts, and these in each call. */
  private Lab python(String before, String inCall) throws Exception {
    Lab lab = new Lab(folder);
    PluginTemplate template =
        new PluginTemplate(new io.testmesh.plugin.manifest.ManifestReader(Set::of, null));
    template.create(lab.plugins, "odd", PluginTemplate.Language.PYTHON);
    Path entry =
        Files.list(lab.plugins.resolve("odd"))
            .filter(file -> file.toString().endsWith(".py"))
            .findFirst()
            .orElseThrow();
    String text = Files.readString(entry);
    assertThat(text).contains("    def do_POST(self):\n");
    Files.writeString(
        entry,
        "import os, socket, tempfile\nKEPT = []\n"
            + before
            + "\n"
            + text.replace(
                "    def do_POST(self):\n", "    def do_POST(self):\n        " + inCall + "\n"));
    return lab;
  }

  @Test
  void one_that_writes_into_its_own_folder_is_found() throws Exception {
    assertThat(check(python("", "open('calls.log', 'a').write('x')"), "odd"))
        .containsExactly(
            "WARNING WRITES_INTO_FOLDER it changes files of its own folder: calls.log");
  }

  @Test
  void one_that_cannot_run_twice_is_found() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String only = "S = socket.socket(); S.bind(('127.0.0.1', " + port + ")); S.listen()";

    assertThat(check(python(only, "pass"), "odd"))
        .singleElement()
        .asString()
        .startsWith("WARNING SECOND_INSTANCE it cannot run twice at the same time: ");
  }

  @Test
  void one_that_keeps_what_a_call_opens_is_found() throws Exception {
    assertThat(check(python("", "KEPT.append(open(os.devnull))"), "odd"))
        .singleElement()
        .asString()
        .startsWith("WARNING FILES_LEFT_OPEN after 200 calls it has ");
  }

  @Test
  void one_whose_memory_grows_is_found() throws Exception {
    assertThat(check(python("", "KEPT.append(os.urandom(1 << 20))"), "odd"))
        .singleElement()
        .asString()
        .startsWith("WARNING MEMORY_GROWS after 200 calls it takes ");
  }

  @Test
  @Row("G3")
  void one_that_does_not_end_is_found() {
    assertThat(check(new Lab(folder).rogue("rogue", "shutdown=ignore"), "rogue"))
        .contains(
            "WARNING SHUTDOWN_IGNORED it still runs 5 s after POST /shutdown, and has to be"
                + " killed");
  }

  @Test
  void one_that_does_not_start_is_an_error() {
    assertThat(check(new Lab(folder).rogue("rogue", "exit=3"), "rogue"))
        .singleElement()
        .asString()
        .startsWith("ERROR START_EXITED plugin \"rogue\" exited with code 3");
  }
}
