package io.testmesh.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person would write instead of flows: the least that a no-op step has to do. */
final class HandLoop {
  private final String[] first;
  private final String[] second;

  HandLoop(String firstTemplate, String secondTemplate) {
    first = split(firstTemplate);
    second = split(secondTemplate);
  }

  /** What is kept of a step. */
  record Done(Map<String, Object> config, Instant started, Instant ended, String status) {}

  /** Renders both templates and notes start, end and status, so many times. */
  List<Done> run(int steps, Map<String, Object> variables) {
    List<Done> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Instant started = Instant.now();
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("first", render(first, variables));
      config.put("second", render(second, variables));
      done.add(new Done(config, started, Instant.now(), "passed"));
    }
    return done;
  }

  /** Texts at even places, names at odd ones. */
  private static String[] split(String template) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    for (int open = template.indexOf("${"); open >= 0; open = template.indexOf("${", at)) {
      int close = template.indexOf('}', open);
      parts.add(template.substring(at, open));
      parts.add(template.substring(open + 2, close));
      at = close + 1;
    }
    parts.add(template.substring(at));
    return parts.toArray(new String[0]);
  }

  private static String render(String[] parts, Map<String, Object> variables) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      text.append(i % 2 == 0 ? parts[i] : variables.get(parts[i]));
    }
    return text.toString();
  }
}
