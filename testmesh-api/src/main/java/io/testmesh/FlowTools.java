package io.testmesh;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.JsonFormat;
import io.testmesh.result.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with flows without running them. Safe for use by several threads; valid as long
 * as its runner.
 *
 * @since 0.1
 */
public interface FlowTools {

  /** Reads and selects flows. Problems are kept in what is returned. */
  FlowSet select(Selection selection);

  /**
   * Reads the flow of a text, as if it stood in a file of that name in the working folder. Problems
   * are kept in what is returned.
   *
   * @param name what places in the text are shown with
   */
  FlowSet parse(String name, String text);

  /**
   * All that a run checks before its first step. Contacts nothing.
   *
   * @param variables names and values that the run will be given
   * @return problems in the order of flows and lines, those of loading included
   */
  List<Problem> check(FlowSet flows, Map<String, ? extends @Nullable Object> variables);

  /**
   * What a run of these flows gives one result each for: every flow, or every row of its data.
   * Contacts nothing.
   *
   * @param variables names and values that the run will be given
   */
  FlowListing list(FlowSet flows, Map<String, ? extends @Nullable Object> variables);

  /** All known actions, sorted by name. */
  List<ActionDescriptor> actions();

  /**
   * The JSON Schema (2020-12) of the flow language with every known action, for editors; a
   * JSON-like map.
   */
  Map<String, @Nullable Object> schema();

  /**
   * Evaluates an expression; one that begins with {@code $} is a path.
   *
   * @param data its keys are the variables when it is a map; {@code $} is the whole
   */
  Evaluation evaluate(String expression, @Nullable Object data);

  /** Evaluates a path; the value of the answer is the list of nodes. */
  Evaluation evaluatePath(String path, @Nullable Object data);

  /**
   * Reads one JSON or YAML value.
   *
   * @throws IllegalArgumentException when it is neither, with the place in the message
   */
  @Nullable Object parseData(String name, String text);

  /** Reads and writes JSON text without losing digits. */
  JsonFormat json();

  /**
   * Reads a dotenv file: {@code KEY=VALUE} lines, comments, quotes, {@code export}.
   *
   * @return names and texts, in order
   * @throws IllegalArgumentException when it cannot be read, with the place in the message
   */
  Map<String, String> readEnvFile(Path file);
}
