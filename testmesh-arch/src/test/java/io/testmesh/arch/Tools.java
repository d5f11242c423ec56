package io.testmesh.arch;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.testmesh.FlowRunner;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.Selection;
import io.testmesh.result.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the whole product says about a text, all modules on the class path. */
final class Tools {
  private Tools() {}

  /** What a runner does with its tools. */
  interface Use<T> {
    T with(FlowTools tools);
  }

  static <T> T use(Use<T> use) {
    try (FlowRunner runner = FlowRunner.builder().environment(Map.of()).build()) {
      return use.with(runner.tools());
    }
  }

  /** What the checker says about a flow, one line a problem. */
  static List<String> problems(String flow) {
    ByteArrayInputStream in = new ByteArrayInputStream(flow.getBytes(StandardCharsets.UTF_8));
    try (FlowRunner runner = FlowRunner.builder().environment(Map.of()).standardInput(in).build()) {
      FlowSet flows = runner.tools().select(Selection.of(List.of("-")).build());
      List<String> problems = new ArrayList<>();
      for (Problem problem : runner.tools().check(flows, Map.of())) {
        problems.add(problem.code() + " " + problem);
      }
      return problems;
    }
  }

  /** The JSON Schema of flows, as text. */
  static String schema() {
    return use(tools -> tools.json().render(tools.schema()));
  }

  /** What the JSON Schema says about a flow, one line an error. */
  static List<String> schemaErrors(String yaml) {
    String json = use(tools -> tools.json().render(tools.parseData("flow", yaml)));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema());
    List<String> errors = new ArrayList<>();
    for (Error error : schema.validate(json, InputFormat.JSON)) {
      errors.add(error.toString());
    }
    return errors;
  }
}
