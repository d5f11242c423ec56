package io.testmesh.cli;

/** The help of every command, with one example each. */
final class Help {
  static final String[] COMMANDS = {
    "run", "validate", "list", "actions", "schema", "eval", "plugin", "serve", "help"
  };

  private Help() {}

  static boolean isCommand(String name) {
    for (String command : COMMANDS) {
      if (command.equals(name)) {
        return true;
      }
    }
    return false;
  }

  static String of(String command) {
    return switch (command) {
      case "run" -> RUN;
      case "validate" -> VALIDATE;
      case "list" -> LIST;
      case "actions" -> ACTIONS;
      case "schema" -> SCHEMA;
      case "eval" -> EVAL;
      case "plugin" -> AdminHelp.PLUGIN;
      case "serve" -> AdminHelp.SERVE;
      default -> GENERAL;
    };
  }

  private static final String GENERAL =
      """
      usage: testmesh COMMAND

        run PATH…        run flows
        validate PATH…   check flows without running them
        list PATH…       the flows that a run would select
        actions [ID]     the actions, or all about one
        schema           the JSON Schema of flows, for editors
        eval EXPRESSION  evaluate one expression or path
        plugin COMMAND   list, install, enable, check … plugins
        serve            REST for plugins and runs, on port 5016
        help [COMMAND]   this help, or that of a command
        --version        the version

      testmesh COMMAND -h shows the options of a command with an example.
      exit codes: 0 passed, 1 failed, 2 wrong use, 3 a file is not valid, 4 a flow could not be
      run, 5 nothing selected, 130 interrupted
      """;

  private static final String RUN =
      """
      usage: testmesh run [OPTIONS] PATH…

      Runs flows. A PATH is a file, a folder, a glob, FILE:LINE or FILE::name for one flow or data
      row, or - for standard input.

      select
        --tags LIST            smoke,!slow: any of the list, none with "!"; twice: both must hold
        --name TEXT            part of the name
        --shard I/N            one of N parts, from 1; whole flows
        --timings FILE         balances the parts by the JSON report of an earlier run
        --allow-empty          nothing selected is exit code 0

      variables
        --var KEY=VALUE        a text (repeatable)
        --var-json KEY=JSON    a value with its type (repeatable)
        --env-file FILE        KEY=VALUE lines
        --seed N               repeats made-up data

      running
        --dry-run              show what would run; starts and contacts nothing
        --parallel N           flows at once: a number, auto (processors) or unlimited
        --fail-fast            start no flow after the first that fails
        --timeout DURATION     limit of the whole run, such as 10m
        --continue-on-invalid  run the valid flows although others are not valid
        --max-file-size SIZE   largest flow file (5MB)
        --plugins DIR          the folder of plugins (plugins, or PLUGINS_DIR)
        --plugin-env ID=NAME   lets a plugin see a variable of the environment (repeatable)

      output
        --report FORMAT[=PATH] html, json, junit or ndjson; without PATH: standard output (repeatable)
        -v, --verbose          requests, responses and outputs
        -q, --quiet            failures and the summary only
        --color WHEN           auto, always or never
        -h, --help             this help

      example: testmesh run --tags smoke --var base_url=http://localhost:8080 --report junit=out/tests.xml flows
      """;

  private static final String VALIDATE =
      """
      usage: testmesh validate [OPTIONS] PATH…

      Checks everything that a run checks before its first step; runs and contacts nothing.

        --var KEY=VALUE        a variable that the run will be given (repeatable)
        --var-json KEY=JSON    the same, with its type (repeatable)
        --env-file FILE        KEY=VALUE lines
        --max-file-size SIZE   largest flow file (5MB)
        --plugins DIR          the folder of plugins (plugins, or PLUGINS_DIR)
        --report FORMAT[=PATH] the problems as html, json, junit or ndjson (repeatable)
        --color WHEN           auto, always or never
        -h, --help             this help

      example: testmesh validate --var base_url=http://localhost:8080 flows
      """;

  private static final String LIST =
      """
      usage: testmesh list [OPTIONS] PATH…

      Shows the flows that a run would select, with their tags.

        --tags LIST            smoke,!slow: any of the list, none with "!"; twice: both must hold
        --name TEXT            part of the name
        --shard I/N            one of N parts, from 1; whole flows
        --timings FILE         balances the parts by the JSON report of an earlier run
        --var KEY=VALUE        a variable that the run will be given (repeatable)
        --var-json KEY=JSON    the same, with its type (repeatable)
        --env-file FILE        KEY=VALUE lines
        --max-file-size SIZE   largest flow file (5MB)
        --json                 one JSON object
        --color WHEN           auto, always or never
        -h, --help             this help

      example: testmesh list --tags smoke flows
      """;

  private static final String ACTIONS =
      """
      usage: testmesh actions [ID]

      Shows the actions that flows can use, or one action's description, keys, result and an
      example. Plugins are not started: they are shown as they were when they last ran.

        --plugins DIR          the folder of plugins (plugins, or PLUGINS_DIR)
        -h, --help             this help

      example: testmesh actions http_request
      """;

  private static final String SCHEMA =
      """
      usage: testmesh schema [-o FILE]

      Writes the JSON Schema of the flow language with every known action. Editors complete and
      check flows with it: put "# yaml-language-server: $schema=FILE" into a flow's first line.

        -o, --output FILE      into this file, not to standard output
        --plugins DIR          the folder of plugins (plugins, or PLUGINS_DIR)
        -h, --help             this help

      example: testmesh schema -o testmesh.schema.json
      """;

  private static final String EVAL =
      """
      usage: testmesh eval EXPRESSION [--data FILE]
             testmesh eval --batch [--environments FILE]

      Prints the value of an expression as JSON. One that begins with $ is a path.

        --data FILE            JSON or YAML whose keys are the variables; - for standard input
        --batch                answer each line of standard input with one line:
                               {"id":…,"expr":…,"env":NAME}, {"id":…,"expr":…,"data":…}
                               or {"id":…,"path":…,"data":…}
        --environments FILE    for --batch: a JSON object, name → variables
        -h, --help             this help

      example: testmesh eval 'len(items) > 2' --data order.json
      """;
}
