package io.testmesh.cli;

import io.testmesh.FlowTools;
import io.testmesh.action.ActionException;
import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that the command line gives: those of the env file, then the others in order. */
final class Variables {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private @Nullable Problem problem;

  private Variables() {}

  /**
   * Reads {@code --env-file}, {@code --var} and {@code --var-json}.
   *
   * @throws UsageException when a variable is not {@code KEY=VALUE}, or its JSON is none
   */
  static Variables read(Arguments arguments, FlowTools tools) throws UsageException {
    Variables variables = new Variables();
    String file = arguments.value("--env-file");
    if (file != null) {
      variables.envFile(file, tools);
    }
    for (Arguments.Given option : arguments.given()) {
      if (option.name().equals("--var")) {
        int equals = equalsSign(option);
        variables.values.put(
            option.value().substring(0, equals), option.value().substring(equals + 1));
      } else if (option.name().equals("--var-json")) {
        int equals = equalsSign(option);
        String key = option.value().substring(0, equals);
        try {
          variables.values.put(key, tools.json().parse(option.value().substring(equals + 1)));
        } catch (ActionException e) {
          throw new UsageException("--var-json " + key + ": " + e.getMessage());
        }
      }
    }
    return variables;
  }

  private static int equalsSign(Arguments.Given option) throws UsageException {
    int equals = option.value().indexOf('=');
    if (equals < 1) {
      String wanted = option.name().equals("--var") ? "KEY=VALUE" : "KEY=JSON";
      throw new UsageException(
          option.name() + " wants " + wanted + ", not \"" + option.value() + "\"");
    }
    return equals;
  }

  private void envFile(String file, FlowTools tools) {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      problem = problem(file, "file_not_found", "there is no file \"" + file + "\" (--env-file)");
      return;
    }
    try {
      values.putAll(tools.readEnvFile(path));
    } catch (IllegalArgumentException e) {
      problem = problem(file, "invalid_value", String.valueOf(e.getMessage()));
    }
  }

  private static Problem problem(String file, String code, String message) {
    return Problem.error(code, message, new SourceSpan(file, 0, 0, 0, 0), null);
  }

  /** Names and values, in order. */
  Map<String, @Nullable Object> values() {
    return values;
  }

  /** What was wrong with the env file, or null. */
  @Nullable Problem problem() {
    return problem;
  }
}
