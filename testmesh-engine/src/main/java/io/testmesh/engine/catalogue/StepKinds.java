package io.testmesh.engine.catalogue;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The actions that are part of the language: steps that run other steps. They have no handler. */
public final class StepKinds {
  /** Runs one of two lists of steps. */
  public static final String CONDITION = "condition";

  /** Runs steps for each item. */
  public static final String FOR_EACH = "for_each";

  /** Runs steps side by side. */
  public static final String PARALLEL = "parallel";

  /** Repeats steps until a condition holds. */
  public static final String WAIT_UNTIL = "wait_until";

  /** Runs another flow. */
  public static final String RUN_FLOW = "run_flow";

  private static final List<String> NAMES =
      List.of(CONDITION, FOR_EACH, PARALLEL, WAIT_UNTIL, RUN_FLOW);

  private StepKinds() {}

  /** The names of all. */
  static List<String> names() {
    return NAMES;
  }

  /** The descriptor of that name, or null; made on each call. */
  static @Nullable ActionDescriptor find(String name) {
    return switch (name) {
      case CONDITION -> condition();
      case FOR_EACH -> forEach();
      case PARALLEL -> parallel();
      case WAIT_UNTIL -> waitUntil();
      case RUN_FLOW -> runFlow();
      default -> null;
    };
  }

  private static ActionDescriptor condition() {
    return ActionDescriptor.of(CONDITION)
        .describedAs("Runs one list of steps when a condition holds, and another when it does not.")
        .key(
            ConfigKey.required(
                    "condition", ConfigType.EXPRESSION, "An expression that gives true or false")
                .alias("when")
                .alias("expression"))
        .key(
            ConfigKey.required("then", ConfigType.STEPS, "Steps that run when it is true")
                .alias("then_steps")
                .alias("steps"))
        .key(
            ConfigKey.optional("else", ConfigType.STEPS, "Steps that run when it is false")
                .alias("else_steps"))
        .result("condition", ConfigType.TEXT, "The condition as it was written")
        .result("result", ConfigType.BOOLEAN, "Whether it was true")
        .result("branch", ConfigType.TEXT, "Which steps ran: then, else or none")
        .example(
            """
            - action: condition
              config:
                condition: total > 100
                then:
                  - action: log
                    config: {message: a large order}
            """);
  }

  private static ActionDescriptor forEach() {
    return ActionDescriptor.of(FOR_EACH)
        .describedAs(
            "Runs steps once for each item of a list, each number of a range, or each file that"
                + " matches a pattern.")
        .optional("items", ConfigType.LIST, "The items")
        .optional(
            "range",
            ConfigType.object(
                ConfigKey.optional(
                    "start", ConfigType.INTEGER, 0L, "The first number; 0 if it is left out"),
                ConfigKey.required("end", ConfigType.INTEGER, "The last number, itself included"),
                ConfigKey.optional("step", ConfigType.INTEGER, 1L, "What is added each time")),
            "Numbers from start to end")
        .optional(
            "items_from_glob",
            ConfigType.TEXT,
            "Files that match a pattern such as data/*.json, sorted; seen from the flow's folder")
        .optional("item_name", ConfigType.TEXT, "item", "The name of the item in the steps")
        .optional(
            "index_name",
            ConfigType.TEXT,
            "index",
            "The name of the round's number in the steps, counted from 0")
        .required("steps", ConfigType.STEPS, "What runs in each round")
        .optional("parallel", ConfigType.BOOLEAN, false, "Whether the rounds run side by side")
        .optional(
            "max_concurrent",
            ConfigType.INTEGER,
            "How many rounds run at once with parallel: true; all where it is left out or 0")
        .optional("max_iterations", ConfigType.INTEGER, "More items than this are a failure")
        .optional(
            "continue_on_error",
            ConfigType.BOOLEAN,
            false,
            "Whether a round that fails is tolerated and the others run")
        .optional(
            "allow_empty",
            ConfigType.BOOLEAN,
            false,
            "Whether it is fine to have no items although the steps assert something")
        .result("items_processed", ConfigType.INTEGER, "How many rounds ran")
        .result("results", ConfigType.LIST, "Of each round: index, item, status and outputs")
        .example(
            """
            - action: for_each
              config:
                items: [ann, ben]
                item_name: user
                steps:
                  - action: log
                    config: {message: "hello ${user}"}
            """);
  }

  private static ActionDescriptor parallel() {
    return ActionDescriptor.of(PARALLEL)
        .describedAs("Runs steps, or branches of several steps each, side by side.")
        .optional("steps", ConfigType.STEPS, "Steps, each of which runs beside the others")
        .optional(
            "branches",
            ConfigType.listOf(
                ConfigType.object(
                    ConfigKey.optional(
                        "id", ConfigType.TEXT, "The branch's name; branch_0 and so on without"),
                    ConfigKey.required("steps", ConfigType.STEPS, "The branch's steps, in order"))),
            "Lists of steps, each of which runs beside the others")
        .optional(
            "max_concurrent",
            ConfigType.INTEGER,
            "How many run at once; all where it is left out or 0")
        .optional(
            "fail_fast", ConfigType.BOOLEAN, true, "Whether the first failure stops the others")
        .optional(
            "wait_for_all",
            ConfigType.BOOLEAN,
            true,
            "Whether all have to pass; when false, the first one that passes stops the others")
        .openResult()
        .example(
            """
            - action: parallel
              config:
                steps:
                  - action: delay
                    config: {duration: 1s}
                  - action: delay
                    config: {duration: 1s}
            """);
  }

  private static ActionDescriptor waitUntil() {
    return ActionDescriptor.of(WAIT_UNTIL)
        .describedAs("Repeats steps until a condition holds; a step that fails means: not yet.")
        .key(
            ConfigKey.required(
                "condition",
                ConfigType.EXPRESSION,
                "An expression over what the steps gave; true ends the waiting"))
        .required("steps", ConfigType.STEPS, "What is repeated")
        .optional("max_duration", ConfigType.DURATION, "30s", "How long to wait at most")
        .optional("interval", ConfigType.DURATION, "1s", "The pause between two repetitions")
        .optional(
            "on_timeout",
            ConfigType.choice("fail", "continue"),
            "fail",
            "Whether the flow goes on when the condition never held")
        .result("met", ConfigType.BOOLEAN, "Whether the condition held in time")
        .result("attempts", ConfigType.INTEGER, "How often the steps ran")
        .example(
            """
            - action: wait_until
              config:
                condition: job.body.state == "done"
                max_duration: 20s
                interval: 500ms
                steps:
                  - id: job
                    action: http_request
                    config: {url: "http://localhost:8080/jobs/17"}
            """);
  }

  private static ActionDescriptor runFlow() {
    return ActionDescriptor.of(RUN_FLOW)
        .describedAs("Runs another flow with its setup and teardown.")
        .required(
            "flow",
            ConfigType.TEXT,
            "The path of its file, seen from this flow's folder, or its name")
        .optional(
            "input", ConfigType.MAP, "Values for its inputs and variables; they win over its env")
        .optional("input_file", ConfigType.FILE, "A JSON or YAML file with such values")
        .optional(
            "inherit_env",
            ConfigType.BOOLEAN,
            true,
            "Whether it sees the variables of this flow under those of its own")
        .result("flow", ConfigType.MAP, "name, status and output of the flow")
        .openResult()
        .example(
            """
            - action: run_flow
              config:
                flow: login.yaml
                input: {user: ann}
              output: {token: flow.output.token}
            """);
  }
}
