package io.testmesh.integrations.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunOptions;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import io.testmesh.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would fail every attempt is found before the first one. */
class ChecksBeforeTheRunTest {
  @TempDir private Path folder;

  private List<Problem> problems(String step) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("f.yaml"), "name: f\nenv: {v: null}\nsteps:\n- " + step + "\n");
    try (FlowRunner runner = FlowRunner.builder().workingFolder(folder).build()) {
      RunResult result = runner.run(runner.load(file), RunOptions.builder().dryRun(true).build());
      return result.problems();
    }
  }

  /** The part of the step that people are pointed at. */
  private static String marked(String step, SourceSpan span) {
    return ("- " + step).substring(span.column() - 1, span.endColumn() - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http_request, config: {url: "http://a/", method: POST, body: 1, form: {a: b}} | {a: b} | "body" and "form" both say what the body is; give one of them
          http_request, config: {url: "http://a/", body: {a: 1}}                        | {a: 1} | a GET request cannot carry a body; set "method", such as POST
          http_request, config: {url: "http://a/", method: head, body: {a: 1}}          | {a: 1} | a HEAD request cannot carry a body; set "method", such as POST
          http_request, config: {url: "http://a/", expect_status: 2yy}                  | 2yy | "expect_status" wants a status such as 201, a class such as 2xx, any, or a list of these, got "2yy"
          http_request, config: {url: "http://a/", expect_status: [200, 99]}            | [200, 99] | "expect_status" wants a status such as 201, a class such as 2xx, any, or a list of these, got "99"
          http_request, config: {url: "http://a/", auth: {type: basic, username: a}}    | {type: basic, username: a} | auth of type basic needs "password"
          http_request, config: {url: "http://a/", auth: {type: bearer, token: "${v}", name: a}} | {type: bearer, token: "${v}", name: a} | auth of type bearer has no "name"; expected token
          wait_for, config: {type: http}                                                | config | type http needs "url"
          wait_for, config: {type: tcp, host: a, port: 1, url: "http://a/"}             | "http://a/" | "url" is not for type tcp
          wait_for, config: {type: http, url: "http://a/", json_value: 1}               | 1 | "json_value" needs "json_path": where the value stands
          mock_server_start, config: {endpoints: [{path: a}]} | [{path: a}] | the path "a" of the mock server does not start with /; did you mean "/a"?
          mock_server_verify, config: {path: /a?b=1} | /a?b=1 | the path "/a?b=1" of the mock server has a query; the query's parameters go under match: {query: {…}}
          mock_server_verify, config: {name: a, count: 1, min: 1}                       | 1 | "count" stands alone, without "min" and "max"
          """)
  void keys_that_do_not_go_together_are_found(String action, String marked, String text)
      throws IOException {
    String step = "{action: " + action + "}";
    assertThat(problems(step))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("invalid_value");
              assertThat(problem.toString()).endsWith(" " + text);
              assertThat(marked(step, problem.span())).isEqualTo(marked);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http_request, config: {url: 'http://a/', method: POST, body: '${v}', form: {a: b}}",
        "http_request, config: {url: 'http://a/', body: '${v}'}",
        "http_request, config: {url: 'http://a/', method: '${v}', body: a}",
        "http_request, config: {url: 'http://a/', expect_status: '${v}'}",
        "http_request, config: {url: 'http://a/', auth: '${v}'}",
        "http_request, config: {url: 'http://a/', auth: {type: '${v}', token: a}}",
        "http_request, config: {url: 'http://a/', auth: {type: oauth2, tokenUrl: '${v}',"
            + " clientId: a, clientSecret: '${v}'}}",
        "wait_for, config: {type: http, url: '${v}'}",
      })
  void what_is_known_only_in_the_run_is_left_to_it(String action) throws IOException {
    assertThat(problems("{action: " + action + "}")).isEmpty();
  }

  @Test
  void a_key_of_the_wrong_type_is_one_problem_and_not_two() throws IOException {
    assertThat(problems("{action: http_request, config: {url: 'http://a/', auth: {tpye: basic}}}"))
        .extracting(Problem::code)
        .containsExactly("unknown_key");
  }
}
