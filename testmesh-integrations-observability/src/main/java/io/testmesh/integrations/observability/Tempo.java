package io.testmesh.integrations.observability;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tempo: traces by id from 1.5 on, the search by tags, and from 2.0 on by TraceQL. */
final class Tempo implements TraceSource {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final String NO_TRACE = "trace not found";
  private static final int MOST_TRACES = 20;

  /** Before and after now: the clock of a service may be another one. */
  private static final Duration SEARCHED = Duration.ofHours(1);

  private final ActionContext context;
  private final Backend backend;

  Tempo(ActionContext context) throws ActionException, InterruptedException {
    this.context = context;
    this.backend = Backend.of(context, "Tempo", OtelAssertAction.URL, Map.of());
  }

  @Override
  public List<Span> trace(String id) throws ActionException, InterruptedException {
    Backend.Answer answer = backend.get("api/traces/" + id, Map.of(), context);
    if (answer.status() == NOT_FOUND) {
      requireTempo(answer);
      return List.of();
    }
    return SpanReader.read(Answers.json(answer, backend, "", context));
  }

  /**
   * Fails unless it was Tempo that has no such trace: another server, and a wrong path, answer 404
   * too. Tempo has its echo endpoint for this question (Tempo API, "Query Echo endpoint", since
   * 1.0).
   */
  private void requireTempo(Backend.Answer answer) throws ActionException, InterruptedException {
    if (answer.body().contains(NO_TRACE)) {
      return;
    }
    Backend.Answer echo = backend.get("api/echo", Map.of(), context);
    if (echo.status() != OK || !echo.body().strip().equals("echo")) {
      throw new ActionException(
              ActionException.ACTION_FAILED,
              backend.server()
                  + " answers 404, and does not say who it is as Tempo does (GET /api/echo: "
                  + echo.status()
                  + ")")
          .hint("does \"" + OtelAssertAction.URL + "\" name Tempo itself?")
          .at(OtelAssertAction.URL)
          .detail("status", (long) answer.status());
    }
  }

  @Override
  public Set<String> search(String service, @Nullable String operation)
      throws ActionException, InterruptedException {
    boolean hasTraceQl = hasTraceQl();
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = hasTraceQl ? traceQl(service, operation) : tags(service, operation);
    parameters.put(hasTraceQl ? "q" : "tags", query);
    parameters.put("limit", Integer.toString(MOST_TRACES));
    if (hasTraceQl) {
      Instant now = Instant.now();
      parameters.put("start", Long.toString(now.minus(SEARCHED).getEpochSecond()));
      parameters.put("end", Long.toString(now.plus(SEARCHED).getEpochSecond()));
    }
    Object body =
        Answers.json(backend.get("api/search", parameters, context), backend, query, context);
    Set<String> ids = new LinkedHashSet<>();
    if (body instanceof Map<?, ?> map && map.get("traces") instanceof List<?> traces) {
      for (Object trace : traces) {
        if (trace instanceof Map<?, ?> one && one.get("traceID") != null) {
          ids.add(one.get("traceID").toString());
        }
      }
    }
    return ids;
  }

  /** TraceQL came with 2.0; a server before it ignores such a query without a word. */
  private boolean hasTraceQl() throws ActionException, InterruptedException {
    Backend.Answer answer = backend.get("api/status/buildinfo", Map.of(), context);
    if (answer.status() == NOT_FOUND) {
      return false;
    }
    Object body = Answers.json(answer, backend, "", context);
    String version = body instanceof Map<?, ?> map ? String.valueOf(map.get("version")) : "unknown";
    String number =
        version.toLowerCase(Locale.ROOT).startsWith("v") ? version.substring(1) : version;
    return !number.startsWith("0.") && !number.startsWith("1.");
  }

  private static String traceQl(String service, @Nullable String operation) {
    StringBuilder query = new StringBuilder("{ resource.service.name = ").append(quoted(service));
    if (operation != null) {
      query.append(" && name = ").append(quoted(operation));
    }
    return query.append(" }").toString();
  }

  /** In the form of logfmt. */
  private static String tags(String service, @Nullable String operation) {
    StringBuilder tags = new StringBuilder("service.name=").append(quoted(service));
    if (operation != null) {
      tags.append(" name=").append(quoted(operation));
    }
    return tags.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
