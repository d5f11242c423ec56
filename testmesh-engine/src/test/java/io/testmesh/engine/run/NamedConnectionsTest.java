package io.testmesh.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.action.FlowContext;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are named once and used by many steps. */
class NamedConnectionsTest {
  @TempDir Path folder;
  private final List<Map<String, Object>> prepared = new CopyOnWriteArrayList<>();
  private FlowKit kit;

  private static final ConfigKey[] KEYS = {
    ConfigKey.optional("host", ConfigType.TEXT, "localhost", "the host"),
    ConfigKey.optional("port", ConfigType.INTEGER, 6379L, "the port"),
    ConfigKey.optional("password", ConfigType.TEXT, "the password").asSecret(),
    ConfigKey.optional("connection_timeout", ConfigType.DURATION, "how long")
  };

  @BeforeEach
  void open() {
    kit =
        new FlowKit(folder)
            .with(new Peek())
            .with(
                FlowKit.action(
                    ActionDescriptor.of("older")
                        .connectionOrAddress(KEYS)
                        .optional("key", ConfigType.TEXT, "a key")
                        .openResult(),
                    context -> ActionResult.of("config", context.config().values())));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  /** Gives its configuration as its result. */
  private final class Peek implements ActionHandler {
    @Override
    public ActionDescriptor descriptor() {
      return ActionDescriptor.of("peek")
          .connection(KEYS)
          .optional("key", ConfigType.TEXT, "a key")
          .openResult();
    }

    @Override
    public void beforeFlow(FlowContext flow, List<Map<String, Object>> steps) {
      prepared.addAll(steps);
    }

    @Override
    public ActionResult execute(io.testmesh.action.ActionContext context) {
      return ActionResult.of("config", context.config().values());
    }
  }

  private static String flow(String connections, String action, String config) {
    return "flow:\n  name: n\n  env: {PORT: 7001}\n  config:\n    connections: "
        + connections
        + "\n  steps:\n    - id: s\n      action: "
        + action
        + "\n      config: {"
        + config
        + "}\n";
  }

  private Object config(String yaml) {
    FlowResult flow = kit.runOne(yaml);
    assertThat(flow.status()).isEqualTo(Status.PASSED);
    return flow.step("s").result().get("config");
  }

  @Test
  void a_step_gets_the_keys_that_it_leaves_out() {
    Object config =
        config(
            flow(
                "{cache: {host: a, port: '${PORT}', connectionTimeout: 3s}}",
                "peek",
                "connection: cache, host: b, key: k"));

    assertThat(config)
        .isEqualTo(Map.of("host", "b", "port", 7001L, "connection_timeout", "3s", "key", "k"));
  }

  @Test
  void defaults_come_after_the_connection() {
    assertThat(config(flow("{cache: {host: a}}", "peek", "connection: cache")))
        .isEqualTo(Map.of("host", "a", "port", 6379L));
  }

  @Test
  void a_handler_that_prepares_the_flow_sees_them_too() {
    kit.runOne(flow("{cache: {host: a}}", "peek", "connection: cache"));

    assertThat(prepared).containsExactly(Map.of("host", "a", "port", 6379L));
  }

  @Test
  void the_runners_connections_win() {
    try (FlowRunner runner =
        FlowRunner.builder()
            .workingFolder(folder)
            .action(new Peek())
            .connection("cache", Map.of("host", "from-java"))
            .build()) {
      Path file =
          kit.write("f.yaml", flow("{cache: {host: a, port: 1}}", "peek", "connection: cache"));
      RunResult run = runner.run(runner.load(file));

      StepResult step = run.flows().get(0).step("s");
      assertThat(step.result().get("config")).isEqualTo(Map.of("host", "from-java", "port", 6379L));
    }
  }

  @Test
  void a_secret_of_a_connection_is_masked() {
    FlowResult flow =
        kit.runOne(flow("{cache: {password: open-sesame}}", "peek", "connection: cache"));

    assertThat(flow.step("s").config().toString()).contains("password").doesNotContain("sesame");
    assertThat(flow.step("s").result().toString()).doesNotContain("sesame");
  }

  @Test
  void an_unknown_name_lists_those_that_are_known() {
    assertThat(kit.problems(flow("{cache: {}, store: {}}", "peek", "connection: cahce")))
        .filteredOn(problem -> problem.startsWith("invalid_value"))
        .singleElement()
        .asString()
        .contains("no connection has the name \"cahce\"")
        .contains("cache")
        .contains(":9:");
  }

  @Test
  void a_name_with_a_placeholder_is_an_error() {
    assertThat(kit.problems(flow("{cache: {}}", "peek", "connection: '{{PORT}}'")))
        .singleElement()
        .asString()
        .contains("\"connection\" wants the name of a connection, written out");
  }

  @Test
  void an_unknown_key_is_told_once_where_the_connection_is_written() {
    String yaml =
        flow("{cache: {hots: a}}", "peek", "connection: cache")
            + "    - {id: t, action: peek, config: {connection: cache}}\n";

    assertThat(kit.problems(yaml))
        .singleElement()
        .asString()
        .contains("unknown key \"hots\" in the connection \"cache\"")
        .contains("host")
        .contains(":5:");
  }

  @Test
  void a_wrong_value_is_told_where_the_connection_is_written() {
    assertThat(kit.problems(flow("{cache: {port: many}}", "peek", "connection: cache")))
        .singleElement()
        .asString()
        .contains("\"port\" wants a whole number")
        .contains(":5:");
  }

  @Test
  void an_older_action_takes_an_address_where_no_name_fits() {
    assertThat(config(flow("{}", "older", "connection: 'postgres://x/y'")))
        .isEqualTo(Map.of("connection", "postgres://x/y", "host", "localhost", "port", 6379L));
    assertThat(config(flow("{cache: {host: a}}", "older", "connection: cache")))
        .isEqualTo(Map.of("host", "a", "port", 6379L));
  }

  @Test
  void what_is_nearly_a_name_is_no_address() {
    assertThat(kit.problems(flow("{cache: {host: a}}", "older", "connection: cach")))
        .filteredOn(problem -> problem.startsWith("invalid_value"))
        .singleElement()
        .asString()
        .contains("no connection has the name \"cach\"")
        .contains("cache");
  }
}
