package io.testmesh.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.testmesh.Evaluation;
import io.testmesh.FlowListing;
import io.testmesh.FlowSet;
import io.testmesh.FlowTools;
import io.testmesh.Selection;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.action.JsonFormat;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools without a language: an expression is the name of a variable. */
final class FakeTools implements FlowTools {
  @Override
  public FlowSet select(Selection selection) {
    List<Flow> flows = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String path : selection.paths()) {
      if (path.startsWith("invalid")) {
        problems.add(FakeEngine.problem(path));
      } else if (!path.startsWith("none")) {
        flows.add(
            Flow.builder(path.replace(".yaml", ""))
                .tags(List.of("smoke"))
                .source(new Place(path))
                .build());
      }
    }
    return new FlowSet(flows, problems, List.of());
  }

  @Override
  public FlowSet parse(String name, String text) {
    return select(Selection.of(List.of(name)).build());
  }

  @Override
  public List<Problem> check(FlowSet flows, Map<String, ? extends @Nullable Object> variables) {
    return flows.problems();
  }

  @Override
  public FlowListing list(FlowSet flows, Map<String, ? extends @Nullable Object> variables) {
    List<FlowListing.Item> items = new ArrayList<>();
    for (Flow flow : flows.flows()) {
      items.add(new FlowListing.Item(flow, flow.name(), null, 0, flow.source().key()));
    }
    return new FlowListing(items, List.of());
  }

  @Override
  public List<ActionDescriptor> actions() {
    return List.of(
        ActionDescriptor.of("greet")
            .describedAs("Greets someone. In English.")
            .key(
                ConfigKey.required("name", ConfigType.TEXT, "Who is greeted")
                    .alias("whom")
                    .asSecret())
            .optional("times", ConfigType.INTEGER, 2L, "How often")
            .optional(
                "parts",
                ConfigType.listOf(
                    ConfigType.oneOf(
                        ConfigType.TEXT,
                        ConfigType.object(
                            ConfigKey.optional("word", ConfigType.TEXT, "What is said")))),
                "What it is made of")
            .result("greeting", ConfigType.TEXT, "What was said")
            .example("- action: greet\n  config: {name: Ada}\n"),
        ActionDescriptor.of("wait"));
  }

  @Override
  public Map<String, @Nullable Object> schema() {
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    schema.put("title", "flow");
    schema.put("required", List.of("name"));
    schema.put("$defs", Map.of());
    return schema;
  }

  @Override
  public Evaluation evaluate(String expression, @Nullable Object data) {
    if (data instanceof Map<?, ?> map && map.containsKey(expression)) {
      return new Evaluation.Value("any", map.get(expression));
    }
    return new Evaluation.Error(
        "run", "undefined_variable", "\"" + expression + "\" is not defined", null, 1, 1, 4);
  }

  @Override
  public Evaluation evaluatePath(String path, @Nullable Object data) {
    return new Evaluation.Value("list", List.of(1L));
  }

  @Override
  public @Nullable Object parseData(String name, String text) {
    try {
      return json().parse(text);
    } catch (ActionException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Map<String, String> readEnvFile(Path file) {
    return Map.of();
  }

  @Override
  public JsonFormat json() {
    return new Json();
  }

  /** A flow's place: its root key stands in line 1. */
  private record Place(String file) implements SourceTree {
    @Override
    public SourceSpan key() {
      return new SourceSpan(file, 1, 1, 1, 5);
    }

    @Override
    public SourceSpan value() {
      return key();
    }

    @Override
    public SourceTree at(Object... path) {
      return this;
    }

    @Override
    public SourceSpan within(int start, int end) {
      return key();
    }

    @Override
    public List<String> excerpt(SourceSpan span) {
      return List.of();
    }
  }

  private static final class Json implements JsonFormat {
    @Override
    public @Nullable Object parse(String text) throws ActionException {
      try (JsonParser parser = new JsonFactory().createParser(text)) {
        parser.nextToken();
        return value(parser);
      } catch (JsonProcessingException e) {
        throw new ActionException("invalid_value", "not JSON: " + e.getOriginalMessage(), e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, value(parser));
        }
        return map;
      }
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      }
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        return parser.getLongValue();
      }
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
        return parser.getDoubleValue();
      }
      return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    @Override
    public String render(@Nullable Object value) {
      if (value instanceof String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
      }
      if (value instanceof Map<?, ?> map) {
        List<String> parts = new ArrayList<>();
        map.forEach((key, item) -> parts.add(render(key) + ":" + render(item)));
        return "{" + String.join(",", parts) + "}";
      }
      if (value instanceof List<?> list) {
        return "[" + String.join(",", list.stream().map(this::render).toList()) + "]";
      }
      return String.valueOf(value);
    }
  }
}
