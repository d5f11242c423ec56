package io.testmesh.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.PluginType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which command an entry point becomes, and why it does not. */
final class CommandTest {
  private static final Machine LINUX = new Machine("Linux", "amd64");
  private static final Machine WINDOWS = new Machine("Windows 11", "amd64");

  @TempDir private Path folder;
  private Path bin;
  private Path plugin;

  @BeforeEach
  void prepare() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    plugin = Files.createDirectory(folder.resolve("rogue"));
  }

  private Path program(String name) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Path entry(String name, String text, boolean executable) throws IOException {
    Path file = plugin.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(file.toFile().setExecutable(executable)).isTrue();
    return file;
  }

  private Manifest manifest(String entry) {
    return new Manifest(
        "rogue",
        "Rogue",
        "1.0.0",
        PluginType.ACTION,
        entry,
        Map.of(),
        List.of(),
        null,
        List.of(),
        Map.of(),
        plugin,
        List.of());
  }

  private List<String> command(String entry) throws PluginException {
    return Command.of(manifest(entry), Map.of("PATH", bin.toString()), LINUX);
  }

  private PluginException failure(String entry) {
    return catchThrowableOfType(PluginException.class, () -> command(entry));
  }

  private PluginException onWindows(String entry) {
    return catchThrowableOfType(
        PluginException.class,
        () -> Command.of(manifest(entry), Map.of("PATH", bin.toString()), WINDOWS));
  }

  @Test
  @Row("C9")
  void the_extension_chooses_the_interpreter_whatever_its_case() throws Exception {
    for (String name : List.of("python3", "node", "bash")) {
      program(name);
    }
    Map<String, String> interpreters =
        Map.of(
            "a.py", "python3", "b.PY", "python3", "c.js", "node", "d.mjs", "node", "e.cjs", "node",
            "f.sh", "bash");
    for (Map.Entry<String, String> wanted : interpreters.entrySet()) {
      Path file = entry(wanted.getKey(), "", false);

      assertThat(command(wanted.getKey()))
          .containsExactly(bin.resolve(wanted.getValue()).toString(), file.toString());
    }
  }

  @Test
  @Row("C9")
  void a_jar_runs_in_the_java_of_this_process() throws Exception {
    Path jar = entry("a.jar", "", false);

    assertThat(command("a.jar"))
        .containsExactly(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString());
  }

  @Test
  @Row("C1")
  void a_missing_interpreter_is_named_with_the_path_that_was_searched() throws Exception {
    entry("server.py", "", false);

    PluginException failure = failure("server.py");

    assertThat(failure.code()).isEqualTo("INTERPRETER_MISSING");
    assertThat(failure)
        .hasMessage("plugin \"rogue\" cannot be started: python3 is not on PATH (" + bin + ")");
    assertThat(failure.hint()).contains("install python3, or add its folder to PATH");
  }

  @Test
  @Row({"C2", "C3", "C4"})
  void stand_ins_of_windows_are_no_interpreters() throws Exception {
    bin = Files.createDirectories(folder.resolve("WindowsApps"));
    program("python3.exe");
    program("bash.exe");
    entry("server.py", "", false);
    entry("start.sh", "", false);
    entry("server.js", "", false);

    assertThat(onWindows("server.py").code()).isEqualTo("INTERPRETER_STUB");
    assertThat(onWindows("start.sh")).hasMessageContaining("only stands in for bash");
    program("node.cmd");
    assertThat(onWindows("server.js").code()).isEqualTo("INTERPRETER_SHIM");
  }

  @Test
  @Row("C6")
  void a_file_that_may_not_be_executed_is_told_with_the_cure() throws Exception {
    Path file = entry("server", "#!/bin/sh\n", false);

    PluginException failure = failure("server");

    assertThat(failure.code()).isEqualTo("NOT_EXECUTABLE");
    assertThat(failure.hint()).contains("chmod +x " + file);
  }

  @Test
  @Row("C7")
  void an_interpreter_of_the_first_line_that_is_not_there_is_named() throws Exception {
    entry("one", "#!/opt/none/ruby -w\n", true);
    entry("two", "#!/usr/bin/env nowhere-to-be-found\n", true);
    entry("three", "#!/bin/sh\r\necho\r\n", true);
    entry("four", "echo hello\n", true);

    assertThat(failure("one"))
        .hasMessage(
            "plugin \"rogue\" cannot be started: the interpreter /opt/none/ruby in the #! line of"
                + " its entry point one does not exist");
    assertThat(failure("two").code()).isEqualTo("INTERPRETER_MISSING");
    assertThat(failure("two")).hasMessageContaining("nowhere-to-be-found is not on PATH");
    assertThat(failure("three").code()).isEqualTo("BAD_SHEBANG");
    assertThat(failure("three").hint()).contains("save the file with Unix line ends");
    assertThat(failure("four"))
        .hasMessageContaining("its entry point four is neither a program nor has a #! line");
  }

  @Test
  @Row("C8")
  void a_program_for_another_machine_is_not_tried() throws Exception {
    entry("arm", "\u007fELF" + "\u0002\u0001" + "\0".repeat(12) + "\u00b7\0", true);
    entry("mac", "\u00cf\u00fa\u00ed\u00fe", true);
    entry("windows", "MZ\u0090", true);
    entry("own", "\u007fELF" + "\u0002\u0001" + "\0".repeat(12) + "\u003e\0", true);

    assertThat(failure("arm").code()).isEqualTo("WRONG_ARCH");
    assertThat(failure("arm")).hasMessageEndingWith("is a program for another processor (AArch64)");
    assertThat(failure("mac")).hasMessageEndingWith("is a program for macOS");
    assertThat(failure("windows")).hasMessageEndingWith("is a program for Windows");
    assertThat(command("own")).containsExactly(plugin.resolve("own").toString());
  }

  @Test
  @Row("C9")
  void an_unknown_extension_needs_the_right_to_be_executed() throws Exception {
    entry("server.rb", "puts 1", false);

    assertThat(failure("server.rb").code()).isEqualTo("RUNTIME_UNKNOWN");
    assertThat(failure("server.rb").hint().orElse(""))
        .contains("known are .py .js .mjs .cjs .sh .jar");
  }

  @Test
  @Row("C11")
  void a_folder_or_entry_that_is_gone_is_told_as_such() throws Exception {
    assertThat(failure("server.py"))
        .hasMessageContaining("its entry point server.py is no file in " + plugin);
    Files.delete(plugin);

    assertThat(failure("server.py").code()).isEqualTo("ENTRY_INVALID");
    assertThat(failure("server.py")).hasMessageContaining("its folder " + plugin + " is gone");
  }

  @Test
  @Row({"C37", "C38"})
  void what_keeps_the_system_from_starting_a_process_has_a_hint() {
    PluginException limit =
        Processes.spawnFailed(
            "rogue", new IOException("error=11, Resource temporarily unavailable"));
    PluginException runtime =
        Processes.spawnFailed("rogue", new IOException("posix_spawn failed, jspawnhelper"));

    assertThat(limit.code()).isEqualTo("SPAWN_FAILED");
    assertThat(limit.hint())
        .contains("a limit of processes, files or memory is reached: see ulimit -a");
    assertThat(runtime.hint().orElse("")).contains("start this program again");
  }

  @Test
  void the_launcher_is_the_only_thing_before_the_command() {
    List<String> launched = Launcher.before(List.of("/bin/echo", "a b"), LINUX);

    assertThat(launched.subList(launched.size() - 2, launched.size()))
        .isEqualTo(Arrays.asList("/bin/echo", "a b"));
    assertThat(Launcher.before(List.of("x"), WINDOWS)).containsExactly("x");
  }
}
