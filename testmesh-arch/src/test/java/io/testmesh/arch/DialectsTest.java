package io.testmesh.arch;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.flow.Phase;
import io.testmesh.result.FlowResult;
import io.testmesh.result.RunResult;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two spellings that mean the same load, and give the same. */
final class DialectsTest {
  /** A server with one body, and a place for the step; "get" stands for what reads the body. */
  private static final String FLOW =
      """
      flow:
        name: a
        env: {uid: 17, city: Oslo}
        setup:
          - id: shop
            action: mock_server_start
            config: {endpoints: [{path: /json, response: {body: {id: 17, gone: null, n: [1, 2]}}}]}
        steps:
          - STEP
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET, output: {x: body.id}}     | GET, save: {x: body.id}}
          GET, output: {x: body.id}}     | GET, output: {x: $.body.id}}
          GET, output: {x: body.id}}     | GET, output: {x: $.id}}
          GET, output: {x: body.id}}     | GET, output: {x: response.body.id}}
          GET, output: {x: body.id}}     | GET, output: {x: result.body.id}}
          GET, output: {x: body.id}}     | GET, output: {x: get.body.id}}
          GET, output: {x: body.id}}     | GET, output: {x: {path: body.id}}}
          GET, output: {x: body.n}}      | GET, output: {x: '$.body.n[*]'}}
          ROWS, output: {x: 'rows[0].a'}} | ROWS, output: {x: 'result.rows[0].a'}}
          ROWS, output: {x: 'rows[0].a'}} | ROWS, output: {x: '$.rows[0].a'}}
          ROWS, output: {x: 'rows[0].a'}} | ROWS, output: {x: 'get.rows[0].a'}}
          GET, assert: [body.id == 17]}  | GET, assert: [{expression: body.id == 17}]}
          GET, assert: [body.id == 17]}  | GET, assert: [$.body.id == 17]}
          GET, assert: [body.id == 17]}  | GET, assert: ['response.body.id == 17']}
          GET, assert: [body.id == 17]}  | GET, assert: [get.body.id == 17]}
          GET, assert: [body.id == 17]}  | GET, assert: ['body.id == ${uid}']}
          GET, assert: [body.id == 17]}  | GET, assert: ['body.id == {{uid}}']}
          GET, assert: [body.id == 18]}  | GET, assert: [{expression: body.id == 18, message: m}]}
          GET, assert: [body.gone == null]} | GET, assert: [body.gone == nil]}
          GET, assert: [body.gone == null]} | GET, assert: [body.gone is null]}
          GET, assert: [body.id != null]} | GET, assert: [body.id != nil]}
          GET, assert: [len(body.n) == 2]} | GET, assert: [body.n.length == 2]}
          GET, assert: ['city startsWith "Os"']} | GET, assert: ['city starts_with "Os"']}
          GET, assert: ['city endsWith "lo"']} | GET, assert: ['city ends_with "lo"']}
          GET, on_error: continue, assert: [1 == 2]} | GET, on_error: {action: continue}, assert: [1 == 2]}
          GET, on_error: fail, assert: [1 == 2]} | GET, on_error: {action: fail}, assert: [1 == 2]}
          GET, assert: [1 == 2]}         | GET, on_error: fail, assert: [1 == 2]}
          GET, error_steps: [LOG], on_error: continue, assert: [1 == 2]} | GET, on_error: {action: continue, error_steps: [LOG]}, assert: [1 == 2]}
          GET, on_error: retry, retry: {max_attempts: 2, delay: 1ms}, assert: [1 == 2]} | GET, on_error: {action: retry}, retry: {max_attempts: 2, delay: 1}, assert: [1 == 2]}
          GET, retry: {max_attempts: 2, delay: 1ms, retry_on: [connection_failed]}} | GET, retry: {max_attempts: 2, delay: 1ms, retry_on: [connection_error]}}
          {id: get, action: log, config: {message: '${city} ${uid}'}} | {id: get, action: log, config: {message: '{{city}} {{ uid }}'}}
          {id: get, action: log, config: {message: a, data: '${uid}'}} | {id: get, action: log, config: {message: a, data: '{{uid}}'}}
          {id: get, action: log, config: {message: a, data: '${nobody:none}'}} | {id: get, action: log, config: {message: a, data: '{{nobody:none}}'}}
          {id: get, action: log, config: {message: a, data: none}} | {id: get, action: log, config: {message: a, data: '${nobody ?? "none"}'}}
          """)
  void both_spellings_give_the_same(String one, String other) throws IOException {
    Map<String, Object> first = run(one);

    assertThat(first.get("problems")).isEqualTo(List.of());
    assertThat(run(other)).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: m, endpoints: [{path: /a, response: {status: 201, body: {a: 1}}}] | server_id: m, endpoints: [{path: /a, response: {status_code: 201, body_json: {a: 1}}}]
          name: m, endpoints: [{path: /a, response: {body: some text}}] | name: m, endpoints: [{path: /a, response: {body_text: some text}}]
          name: m, endpoints: [{path: /a, response: {delay: 2ms}}] | name: m, endpoints: [{path: /a, response: {delay_ms: 2}}]
          name: m, endpoints: [{path: /a, response: {delay: 2ms}}] | name: m, endpoints: [{path: /a, response: {delayMs: 2}}]
          name: m, endpoints: [{path: /a, match: {body: {a: 1}}}] | name: m, endpoints: [{path: /a, match: {body_json: {a: 1}}}]
          name: m, endpoints: [{path: /a, match: {query: {a: "1"}}}] | name: m, endpoints: [{path: /a, match: {query_params: {a: "1"}}}]
          """)
  void mock_servers_take_both_spellings(String one, String other) throws IOException {
    Map<String, Object> first = run(mock(one));

    assertThat(first.get("problems")).isEqualTo(List.of());
    assertThat(first.get("status")).isEqualTo("passed");
    assertThat(run(mock(other))).isEqualTo(first);
  }

  private static String mock(String config) {
    return "{id: other, action: mock_server_start, config: {"
        + config
        + "}}\n    - {id: get, action: http_request, config: {"
        + "url: '${other.base_url}/a', params: {a: 1}, expect_status: any},"
        + " output: {status: status, body: body}}";
  }

  /** What of a run can be compared: the outcome, the outputs, what was said, how often. */
  private Map<String, Object> run(String step) throws IOException {
    String written =
        step.replace(
                "GET,", "{id: get, action: http_request, config: {url: '${shop.base_url}/json'},")
            .replace(
                "ROWS,",
                "{id: get, action: transform, config: {transforms: {rows: '[{\"a\": 1}]'}},")
            .replace("LOG", "{action: log, config: {message: '${error.code}'}}");
    Path file = Files.writeString(folder.resolve("flow.yaml"), FLOW.replace("STEP", written));
    RunResult result;
    try (FlowRunner runner =
        FlowRunner.builder().environment(Map.of()).workingFolder(folder).build()) {
      result = runner.run(runner.load(file), RunOptions.builder().build());
    }
    List<String> problems = new ArrayList<>();
    result.problems().forEach(problem -> problems.add(problem.toString()));
    if (result.flows().isEmpty()) {
      return Map.of("problems", problems);
    }
    FlowResult flow = result.flows().get(0);
    List<Object> steps = new ArrayList<>();
    for (var node : flow.steps()) {
      if (node instanceof StepResult one && one.id().equals("get")) {
        steps.add(one.status());
        steps.add(one.outputs());
        steps.add(one.attempts().size());
        steps.add(one.assertions().size());
        steps.add(one.action().equals("log") ? one.result() : "");
        steps.add(one.children().size());
      }
    }
    assertThat(steps).as("step get in " + Phase.STEPS).isNotEmpty();
    return Map.of("problems", problems, "status", flow.status().key(), "steps", steps);
  }
}
