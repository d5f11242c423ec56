package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.JsonPreview;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of Prometheus, and of Loki, which has taken their form over (Prometheus
 * documentation, "HTTP API", and Loki's).
 */
final class Answers {
  private static final int LONGEST_SHOWN = 300;

  /** {@code 1:18: parse error} of Prometheus, {@code line 1, col 13} of Loki. */
  private static final Pattern PLACE =
      Pattern.compile("(?:^|\\b)(?:(\\d+):(\\d+): parse error|line (\\d+), col (\\d+))");

  private Answers() {}

  /**
   * The part {@code data} of an answer.
   *
   * @param query that was asked, where the server's position is marked
   */
  static Map<?, ?> data(Backend.Answer answer, Backend backend, String query, ActionContext context)
      throws ActionException {
    Object parsed = null;
    try {
      parsed = context.json().parse(answer.body());
    } catch (ActionException e) {
      // Errors of Loki and of proxies are plain text.
      if (answer.status() == 200) {
        throw strange(answer, backend, "is no JSON");
      }
    }
    Map<?, ?> body = parsed instanceof Map<?, ?> map ? map : Map.of();
    if (answer.status() != 200) {
      throw refused(answer, body, backend, query);
    }
    if (!"success".equals(body.get("status")) || !(body.get("data") instanceof Map<?, ?> data)) {
      throw strange(answer, backend, "has no \"data\"");
    }
    if (body.get("warnings") instanceof List<?> warnings) {
      warnings.forEach(
          warning -> context.log(io.testmesh.result.Level.WARN, backend.server() + ": " + warning));
    }
    return data;
  }

  /**
   * An answer as it is.
   *
   * @throws ActionException when it is no JSON, or the server refuses what was asked
   */
  static @Nullable Object json(
      Backend.Answer answer, Backend backend, String query, ActionContext context)
      throws ActionException {
    Object parsed = null;
    try {
      parsed = context.json().parse(answer.body());
    } catch (ActionException e) {
      // Errors of Loki and of proxies are plain text.
      if (answer.status() == 200) {
        throw strange(answer, backend, "is no JSON");
      }
    }
    if (answer.status() != 200) {
      throw refused(answer, parsed instanceof Map<?, ?> map ? map : Map.of(), backend, query);
    }
    return parsed;
  }

  private static ActionException strange(Backend.Answer answer, Backend backend, String what) {
    return new ActionException(
            ActionException.ACTION_FAILED,
            "the answer of "
                + backend.server()
                + " "
                + what
                + ": "
                + JsonPreview.of(answer.body().strip(), LONGEST_SHOWN))
        .hint("does \"url\" name the server itself?");
  }

  private static ActionException refused(
      Backend.Answer answer, Map<?, ?> body, Backend backend, String query) {
    Object error = body.get("error") == null ? body.get("message") : body.get("error");
    String said =
        error == null ? JsonPreview.of(answer.body().strip(), LONGEST_SHOWN) : error.toString();
    if (answer.status() == 401 || answer.status() == 403) {
      return new ActionException(
              ActionException.AUTHENTICATION_FAILED,
              backend.server()
                  + " refuses the credentials ("
                  + answer.status()
                  + ")"
                  + (said.isEmpty() ? "" : ": " + said))
          .hint("check \"auth\", \"headers\" or \"tenant\" of the connection");
    }
    boolean isQuery = answer.status() == 400 || answer.status() == 422;
    StringBuilder message = new StringBuilder(backend.server());
    message.append(isQuery ? " refuses the query: " : " answers " + answer.status() + ": ");
    message.append(said.isEmpty() ? "(nothing)" : said);
    ActionException e = new ActionException(ActionException.ACTION_FAILED, message.toString());
    if (isQuery) {
      int index = index(said, query);
      e.at("query");
      if (index >= 0) {
        e.mark(query, index);
      }
    }
    return (answer.status() == 404 ? e.hint("does \"url\" name the server itself?") : e)
        .detail("status", (long) answer.status());
  }

  private static int index(String said, String query) {
    Matcher place = PLACE.matcher(said);
    if (!place.find()) {
      return -1;
    }
    String line = place.group(1) == null ? place.group(3) : place.group(1);
    String column = place.group(2) == null ? place.group(4) : place.group(2);
    int at = 0;
    for (int i = 1; i < Integer.parseInt(line) && at >= 0; i++) {
      at = query.indexOf('\n', at) + 1;
    }
    int index = at + Integer.parseInt(column) - 1;
    return index < 0 || index > query.length() ? -1 : index;
  }

  /** A sample's value: a number, or the texts NaN, +Inf and -Inf. */
  static Object number(@Nullable Object text, JsonFormat json) throws ActionException {
    String value = String.valueOf(text);
    if (value.equals("NaN") || value.equals("+Inf") || value.equals("-Inf")) {
      return value;
    }
    Object number = json.parse(value);
    return number == null ? value : number;
  }

  /** A sample's time as ISO 8601. */
  static String time(@Nullable Object seconds) {
    Instant time = Times.ofSeconds(new BigDecimal(String.valueOf(seconds)));
    return time.toString();
  }

  /**
   * The series of an answer, each with metric and value; those of a matrix with their values, the
   * last of which is the value.
   */
  static List<Map<String, @Nullable Object>> series(Map<?, ?> data, JsonFormat json)
      throws ActionException {
    List<Map<String, @Nullable Object>> series = new ArrayList<>();
    if (!(data.get("result") instanceof List<?> results)) {
      return series;
    }
    String type = String.valueOf(data.get("resultType"));
    if (type.equals("scalar") || type.equals("string")) {
      series.add(sample(Map.of(), results, type.equals("string"), json));
      return series;
    }
    for (Object item : results) {
      if (item instanceof Map<?, ?> result) {
        Object metric = result.get("metric");
        Map<?, ?> labels = metric instanceof Map<?, ?> map ? map : Map.of();
        series.add(
            result.get("values") instanceof List<?> values
                ? samples(labels, values, json)
                : sample(
                    labels,
                    result.get("value") instanceof List<?> one ? one : List.of(),
                    false,
                    json));
      }
    }
    return series;
  }

  private static Map<String, @Nullable Object> sample(
      Map<?, ?> metric, List<?> pair, boolean isText, JsonFormat json) throws ActionException {
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("metric", metric);
    // A native histogram has no value of its own.
    one.put("value", pair.size() < 2 ? null : isText ? pair.get(1) : number(pair.get(1), json));
    one.put("time", pair.isEmpty() ? null : time(pair.get(0)));
    return one;
  }

  private static Map<String, @Nullable Object> samples(
      Map<?, ?> metric, List<?> pairs, JsonFormat json) throws ActionException {
    List<Object> values = new ArrayList<>();
    Object last = null;
    for (Object item : pairs) {
      if (item instanceof List<?> pair && pair.size() == 2) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("time", time(pair.get(0)));
        last = number(pair.get(1), json);
        value.put("value", last);
        values.add(value);
      }
    }
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("metric", metric);
    one.put("value", last);
    one.put("values", values);
    return one;
  }
}
