package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.author.PluginTemplate;
import io.testmesh.plugin.manifest.ManifestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The registry on the command line, with real plugins. */
@Timeout(60)
class PluginCommandTest {
  @TempDir Path temp;
  private Path plugins;
  private Path given;

  @BeforeEach
  void folders() throws Exception {
    Path real = temp.toRealPath();
    plugins = Files.createDirectory(real.resolve("plugins"));
    given = Files.createDirectory(real.resolve("given"));
  }

  @Test
  void a_plugin_comes_and_goes() throws Exception {
    Path source = make(given, "my-plugin");

    CommandLine installed = plugin("install", source.toString());
    assertThat(installed.code()).as(installed.err()).isZero();
    assertThat(installed.out())
        .isEqualTo("installed my-plugin 0.1.0 in " + plugins.resolve("my-plugin") + "\n");
    assertThat(plugin("list").out())
        .isEqualTo("my-plugin  0.1.0  action  enabled  My plugin\n1 plugin in " + plugins + "\n");
    assertThat(plugin("info", "my-plugin").out())
        .contains("entry point  server.py\n", "actions      not known before the first start\n");
    assertThat(plugin("discover").out()).isEqualTo("1 plugin, 0 new\n");
    assertThat(plugin("disable", "my-plugin").out())
        .isEqualTo("disabled my-plugin; flows that use it are not valid now\n");
    assertThat(plugin("list").out()).contains("disabled");
    assertThat(plugin("enable", "my-plugin").out())
        .isEqualTo("enabled my-plugin 0.1.0: my-plugin.hello\n");
    assertThat(plugin("info", "my-plugin").out())
        .contains("actions      my-plugin.hello  Greets somebody\n");
    assertThat(plugin("logs", "my-plugin").out()).contains("listening on port");
    assertThat(plugin("uninstall", "my-plugin").out()).isEqualTo("removed my-plugin\n");
    assertThat(plugin("list").out())
        .isEqualTo("no plugins in " + plugins + "\ninstall one: testmesh plugin install SOURCE\n");
    assertThat(source).exists();
  }

  @Test
  void json_has_the_record_of_rest() throws Exception {
    make(plugins, "one");

    assertThat(plugin("list", "--json").out())
        .contains("\"plugins\" : [", "\"id\" : \"one\"", "\"total\" : 1");
    assertThat(plugin("info", "one", "--json").out()).contains("\"not_enforced\" : [");
  }

  @Test
  void one_that_does_not_start_is_enabled_and_told() throws Exception {
    Path folder = make(plugins, "bad");
    Files.writeString(folder.resolve("server.py"), "raise SystemExit('licence file is missing')\n");

    CommandLine enabled = plugin("enable", "bad");

    assertThat(enabled.code()).isEqualTo(1);
    assertThat(enabled.err())
        .startsWith("testmesh: plugin \"bad\"")
        .contains("licence file is missing")
        .endsWith("bad is enabled, but did not start\n");
  }

  @Test
  void what_is_wrong_is_told_with_its_cure() throws Exception {
    Path source = make(given, "one");
    plugin("install", source.toString());
    Files.createDirectory(plugins.resolve("two"));
    Files.writeString(plugins.resolve("two/manifest.json"), "{");

    CommandLine again = plugin("install", source.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err())
        .isEqualTo(
            "testmesh: plugin \"one\" 0.1.0 is installed already\n"
                + "install it anew with --force\n");
    for (String command : List.of("info", "enable", "disable", "uninstall", "logs")) {
      CommandLine unknown = plugin(command, "nobody");
      assertThat(unknown.code()).as(command).isEqualTo(1);
      assertThat(unknown.err()).contains("there is no plugin \"nobody\" in " + plugins);
    }
    assertThat(plugin("list").out()).contains("two  -      -       invalid  ");
    assertThat(plugin("discover").out()).startsWith("2 plugins, ");
  }

  @Test
  void check_starts_a_copy_and_says_what_to_mend() throws Exception {
    Path good = make(given, "good");
    Path bad = make(given, "bad");
    Files.writeString(bad.resolve("server.py"), "import nothing_like_this # PLUGIN_PORT\n");

    CommandLine checked = plugin("check", good.toString());
    CommandLine failed = plugin("check", bad.toString());

    assertThat(checked.out()).isEqualTo(good + ": good, 0 errors, 0 warnings\n");
    assertThat(checked.code()).isZero();
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out())
        .contains("error    plugin \"bad\"", "nothing_like_this", "         cure: ")
        .endsWith(bad + ": not usable, 1 error, 0 warnings\n");
    assertThat(bad.resolve(".testmesh")).doesNotExist();
  }

  @Test
  void every_command_has_a_help_with_an_example() {
    for (String command :
        List.of(
            "list",
            "info",
            "install",
            "enable",
            "disable",
            "uninstall",
            "logs",
            "discover",
            "check",
            "new")) {
      CommandLine help = CommandLine.run("plugin", command, "-h");
      assertThat(help.code()).isZero();
      assertThat(help.out())
          .startsWith("usage: testmesh plugin " + command)
          .contains("\nexample: testmesh plugin " + command);
    }
    assertThat(CommandLine.run("plugin", "-h").out()).contains("example: ");
    assertThat(CommandLine.run("help", "plugin").out())
        .isEqualTo(CommandLine.run("plugin", "-h").out());
  }

  private CommandLine plugin(String... args) {
    List<String> all = new ArrayList<>(List.of("plugin"));
    all.addAll(List.of(args));
    all.addAll(List.of("--plugins", plugins.toString()));
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
    return CommandLine.run(environment, all.toArray(String[]::new));
  }

  private static Path make(Path parent, String id) throws Exception {
    return new PluginTemplate(new ManifestReader(Set::of, null))
        .create(parent, id, PluginTemplate.Language.PYTHON);
  }
}
