package io.testmesh.cli;

/** The help of {@code serve} and {@code plugin}, apart from the others: few starts need it. */
final class AdminHelp {
  private AdminHelp() {}

  static final String SERVE =
      """
      usage: testmesh serve [OPTIONS]

      Serves REST: the plugin registry, checking and running flows, and their events. Only this
      machine can call it, unless --host says otherwise. Ctrl-C ends it.

        --port N               the port (5016); 0 takes any free one
        --flows DIR            flows below this folder may be run by their path
        --plugins DIR          the folder of plugins (plugins, or PLUGINS_DIR)
        --plugin-env ID=NAME   lets a plugin see a variable of the environment (repeatable)
        --host HOST            another address to serve on; wants a token too
        --require-token        every request needs a token; it is made and shown at the first start
        --token-file FILE      the same, with the token in this file
        --color WHEN           auto, always or never
        -h, --help             this help

      example: testmesh serve --port 8016 --flows flows
      """;

  static final String PLUGIN =
      """
      usage: testmesh plugin COMMAND

        list               the plugins, with version, type and state
        info ID            all about one
        install SOURCE     from a folder or an archive
        enable ID          lets flows use it, and starts it once to see what it offers
        disable ID         flows that use it are not valid then
        uninstall ID       removes it with all that is kept of it
        logs ID            the kept output of its last starts
        discover           looks for what was put into the folder by hand
        check DIR          checks a plugin's folder, and starts a copy of it
        new NAME           makes the folder of a new plugin

        --plugins DIR      the folder of plugins (plugins, or PLUGINS_DIR), for all but new
        -h, --help         this help, or that of a command

      example: testmesh plugin install ./my-plugin
      """;

  static String ofPlugin(String command) {
    return switch (command) {
      case "list" ->
          of(
              "list",
              "Shows the plugins with version, type and state.",
              "  --json           one JSON object\n",
              "testmesh plugin list --json");
      case "info" ->
          of(
              "info ID",
              "Shows all about a plugin. It is not started: its actions are those of its last start.",
              "  --json           one JSON object\n",
              "testmesh plugin info my-plugin");
      case "install" ->
          of(
              "install SOURCE",
              "Installs a plugin from a folder or an archive (zip, tar.gz). It is not started.",
              """
                --force          also when this version is there already
                --upgrade        in place of another version
                --sha256 HASH    only if the archive has this hash
              """,
              "testmesh plugin install --upgrade my-plugin-1.1.0.zip");
      case "enable" ->
          of(
              "enable ID",
              "Lets flows use a plugin, and starts it once to see what it offers.",
              "  --plugin-env ID=NAME  lets it see a variable of the environment (repeatable)\n",
              "testmesh plugin enable my-plugin");
      case "disable" ->
          of(
              "disable ID",
              "Flows that use the plugin are not valid from now on.",
              "",
              "testmesh plugin disable my-plugin");
      case "uninstall" ->
          of(
              "uninstall ID",
              "Removes a plugin with all that is kept of it.",
              "",
              "testmesh plugin uninstall my-plugin");
      case "logs" ->
          of(
              "logs ID",
              "Shows the kept output of a plugin's last starts, oldest first.",
              "",
              "testmesh plugin logs my-plugin");
      case "check" ->
          of(
              "check DIR",
              "Checks a plugin's folder, and starts a copy of it. Nothing in the folder is changed.",
              "  --plugin-env ID=NAME  lets it see a variable of the environment (repeatable)\n",
              "testmesh plugin check ./my-plugin");
      case "new" ->
          of(
              "new NAME",
              "Makes the folder of a new plugin in the working folder: it runs as it is.",
              "  --lang LANGUAGE  python (the default) or node\n",
              "testmesh plugin new my-plugin --lang node");
      default ->
          of(
              "discover",
              "Looks for plugins that were put into the folder by hand, or are gone.",
              "",
              "testmesh plugin discover");
    };
  }

  private static String of(String usage, String about, String options, String example) {
    return "usage: testmesh plugin "
        + usage
        + "\n\n"
        + about
        + "\n\n"
        + options
        + (usage.startsWith("new") ? "" : "  --plugins DIR    the folder of plugins\n")
        + "  -h, --help       this help\n\nexample: "
        + example
        + "\n";
  }
}
