package io.testmesh.cli;

import io.testmesh.Evaluation;
import io.testmesh.FlowRunner;
import io.testmesh.FlowTools;
import io.testmesh.action.ActionException;
import io.testmesh.result.Diagnosis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** {@code testmesh eval}: one expression, or many from standard input. */
final class EvalCommand {
  static final Option[] OPTIONS = {
    Option.once("--data", "FILE"),
    Option.flag("--batch", '\0'),
    Option.once("--environments", "FILE"),
    Option.once("--color", "WHEN"),
  };

  private EvalCommand() {}

  static int run(String[] args, Io io) throws UsageException {
    Arguments arguments = parse(args);
    Printer errors = io.errPrinter(arguments);
    if (arguments.has("--help")) {
      io.outPrinter(arguments).raw(Help.of("eval"));
      return ExitCode.OK;
    }
    try (FlowRunner runner = Runners.make(arguments, io)) {
      FlowTools tools = runner.tools();
      if (arguments.has("--batch")) {
        new EvalBatch(tools, environments(arguments, tools)).answer(io.in(), io.out());
        return ExitCode.OK;
      }
      return one(arguments, tools, io, errors);
    } catch (DataException e) {
      errors.line("testmesh: " + e.getMessage());
      return ExitCode.INVALID;
    } catch (IOException e) {
      errors.line("testmesh: standard input or output broke: " + e.getMessage());
      return ExitCode.ERROR;
    }
  }

  private static Arguments parse(String[] args) throws UsageException {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args, OPTIONS);
    } catch (UsageException e) {
      throw new UsageException(
          e.getMessage() + " (an expression that begins with \"-\" goes behind \"--\")");
    }
    int expressions = arguments.operands().size();
    if (arguments.has("--help")) {
      return arguments;
    }
    if (arguments.has("--batch")) {
      if (expressions > 0 || arguments.has("--data")) {
        throw new UsageException("--batch reads expressions and data from standard input");
      }
    } else if (arguments.has("--environments")) {
      throw new UsageException("--environments goes with --batch");
    } else if (expressions == 0) {
      throw new UsageException("eval wants an expression");
    } else if (expressions > 1) {
      throw new UsageException(
          "eval wants one expression, not " + expressions + "; is it in quotes?");
    }
    return arguments;
  }

  private static int one(Arguments arguments, FlowTools tools, Io io, Printer errors)
      throws IOException, DataException {
    String expression = arguments.operands().get(0);
    Object data = Map.of();
    String file = arguments.value("--data");
    if (file != null) {
      String text = file.equals("-") ? text(io.in().readAllBytes()) : read(file);
      try {
        data = tools.parseData(file, text);
      } catch (IllegalArgumentException e) {
        throw new DataException(String.valueOf(e.getMessage()));
      }
    }
    Evaluation answer = tools.evaluate(expression, data);
    if (answer instanceof Evaluation.Error error) {
      errors.print(explain(expression, error));
      return ExitCode.FAILED;
    }
    Object value = ((Evaluation.Value) answer).value();
    new Printer(io.out(), false, false).line(tools.json().render(value));
    return ExitCode.OK;
  }

  private static Map<?, ?> environments(Arguments arguments, FlowTools tools) throws DataException {
    String file = arguments.value("--environments");
    if (file == null) {
      return Map.of();
    }
    try {
      Object value = tools.json().parse(read(file));
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      throw new DataException(file + " must be a JSON object: name → variables");
    } catch (ActionException e) {
      throw new DataException(file + ": " + e.getMessage());
    }
  }

  private static String read(String file) throws DataException {
    try {
      return text(Files.readAllBytes(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new DataException("there is no file \"" + file + "\"");
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + ReportTarget.reason(e));
    }
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The message, then the line of the expression with the wrong part marked. */
  static String explain(String expression, Evaluation.Error error) {
    StringBuilder text = new StringBuilder();
    text.append(error.line()).append(':').append(error.column()).append(' ');
    text.append(Diagnosis.line(error.message()));
    String hint = error.hint();
    if (hint != null) {
      text.append("; ").append(Diagnosis.line(hint));
    }
    String number = Integer.toString(error.line());
    String indent = " ".repeat(Math.max(1, 5 - number.length()));
    String line = line(expression, error.line());
    text.append('\n').append(indent).append(number).append(" | ").append(Diagnosis.line(line));
    text.append('\n').append(indent).append(" ".repeat(number.length())).append(" | ");
    int column = 1;
    for (int i = 0; i < line.length() && column < error.column(); column++) {
      text.append(line.charAt(i) == '\t' ? '\t' : ' ');
      i += Character.charCount(line.codePointAt(i));
    }
    int left = Math.max(1, line.codePointCount(0, line.length()) - error.column() + 1);
    return text.append("^".repeat(Math.max(1, Math.min(left, error.length()))))
        .append('\n')
        .toString();
  }

  private static String line(String text, int number) {
    int from = 0;
    for (int i = 1; i < number; i++) {
      int end = text.indexOf('\n', from);
      if (end < 0) {
        break;
      }
      from = end + 1;
    }
    int end = text.indexOf('\n', from);
    return text.substring(from, end < 0 ? text.length() : end);
  }

  /** A file of data that cannot be used; the message is for people. */
  private static final class DataException extends Exception {
    private static final long serialVersionUID = 1L;

    DataException(String message) {
      super(message, null, false, false);
    }
  }
}
