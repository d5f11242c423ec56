package io.testmesh.cli;

import io.testmesh.Evaluation;
import io.testmesh.FlowTools;
import io.testmesh.action.ActionException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers each line of questions with one line, in order and without waiting for the next. */
final class EvalBatch {
  private final FlowTools tools;
  private final Map<?, ?> environments;

  EvalBatch(FlowTools tools, Map<?, ?> environments) {
    this.tools = tools;
    this.environments = environments;
  }

  void answer(InputStream in, OutputStream out) throws IOException {
    BufferedOutputStream answers = new BufferedOutputStream(out, 1 << 16);
    LineReader lines = new LineReader(in, answers);
    int number = 0;
    for (ByteBuffer line = lines.next(); line != null; line = lines.next()) {
      String answer = tools.json().render(answer(line, ++number));
      answers.write(answer.getBytes(StandardCharsets.UTF_8));
      answers.write('\n');
    }
    answers.flush();
  }

  private Map<String, @Nullable Object> answer(ByteBuffer line, int number) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    try {
      Object question =
          tools.json().parse(StandardCharsets.UTF_8.newDecoder().decode(line).toString());
      if (question instanceof Map<?, ?> map) {
        answer.put("id", map.get("id"));
        answer(map, answer);
        return answer;
      }
      return noQuestion(number, "the line is JSON, but not an object");
    } catch (ActionException e) {
      return noQuestion(number, String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      return noQuestion(number, "the line is not UTF-8");
    }
  }

  private static Map<String, @Nullable Object> noQuestion(int number, String message) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("id", null);
    answer.put("line", (long) number);
    answer.put("error", error("parse", message, 1, 1));
    return answer;
  }

  private void answer(Map<?, ?> question, Map<String, @Nullable Object> answer) {
    Object expression = question.get("expr");
    Object path = question.get("path");
    if (expression instanceof String text && path == null) {
      Object name = question.get("env");
      Object data = question.containsKey("data") ? question.get("data") : Map.of();
      if (name != null) {
        if (!environments.containsKey(name)) {
          answer.put("error", error("run", "there is no environment \"" + name + "\"", 1, 1));
          return;
        }
        data = environments.get(name);
      }
      put(tools.evaluate(text, data), false, answer);
    } else if (path instanceof String text && expression == null) {
      put(tools.evaluatePath(text, question.get("data")), true, answer);
    } else {
      answer.put("error", error("parse", "the line needs a text \"expr\" or \"path\"", 1, 1));
    }
  }

  private static void put(
      Evaluation evaluation, boolean isPath, Map<String, @Nullable Object> answer) {
    if (evaluation instanceof Evaluation.Error failure) {
      Map<String, @Nullable Object> error =
          error(failure.phase(), failure.message(), failure.line(), failure.column());
      error.put("code", failure.code());
      error.put("hint", failure.hint());
      answer.put("error", error);
    } else if (evaluation instanceof Evaluation.Value value) {
      if (isPath) {
        answer.put("nodes", value.value());
      } else {
        answer.put("type", value.type());
        answer.put("value", value.value());
      }
    }
  }

  private static Map<String, @Nullable Object> error(
      String phase, String message, int line, int column) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("phase", phase);
    error.put("message", message);
    error.put("line", (long) line);
    error.put("column", (long) column);
    return error;
  }
}
