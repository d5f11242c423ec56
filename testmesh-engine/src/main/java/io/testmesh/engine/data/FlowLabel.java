package io.testmesh.engine.data;

import io.testmesh.engine.expression.ParsedTexts;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.scope.BuiltIns;
import io.testmesh.engine.scope.FlowScope;
import io.testmesh.engine.scope.Masking;
import io.testmesh.engine.scope.Recording;
import io.testmesh.engine.scope.Variables;
import io.testmesh.engine.template.TemplateException;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.engine.value.JsonText;
import io.testmesh.flow.Flow;
import io.testmesh.flow.SourceTree;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a flow and its rows are called before they run: the name with the values that are known by
 * then. Belongs to one flow and one thread.
 */
public final class FlowLabel {
  private final Flow flow;
  private final Map<String, ? extends @Nullable Object> given;
  private final Map<String, String> process;
  private final ValueTemplate name;
  private final Map<String, ValueTemplate> env = new LinkedHashMap<>();

  /**
   * The names of a flow.
   *
   * @param given the variables of the run
   * @param process the process environment
   */
  public FlowLabel(
      Flow flow, Map<String, ? extends @Nullable Object> given, Map<String, String> process) {
    this.flow = flow;
    this.given = given;
    this.process = process;
    // What is no template is a problem that the check finds; here it stays as it is.
    ParsedTexts texts = new ParsedTexts();
    this.name = ValueTemplate.parse(flow.name(), SourceTree.NONE, texts, broken -> {});
    if (isDynamic()) {
      for (Map.Entry<String, @Nullable Object> entry : flow.env().entrySet()) {
        env.put(
            entry.getKey(),
            ValueTemplate.parse(entry.getValue(), SourceTree.NONE, texts, broken -> {}));
      }
    }
  }

  /** Whether the name may differ from row to row. */
  public boolean isDynamic() {
    return TextTemplate.isDynamic(flow.name());
  }

  /** The name, with secrets; as it was written where a value is not known yet. */
  public String name(@Nullable Row row) {
    if (!isDynamic()) {
      return flow.name();
    }
    Map<String, @Nullable Object> columns = row == null ? Map.of() : row.variables();
    Variables variables = Variables.of(flow.inputs(), env, given, columns);
    BuiltIns builtIns = new BuiltIns(Clock.systemUTC(), 0L, Map.of());
    try {
      Object value = name.render(new FlowScope(variables, builtIns, process, Set.of()));
      return value instanceof String text ? text : JsonText.SHARED.render(value);
    } catch (TemplateException e) {
      return flow.name();
    }
  }

  /** The name and the row's values without those that the flow calls secret. */
  public Shown shown(@Nullable Row row) {
    Masking masking = new Masking();
    for (String secret : flow.settings().secrets()) {
      masking.add(flow.env().get(secret));
      masking.add(given.get(secret));
      masking.add(row == null ? null : row.values().get(secret));
    }
    return new Shown(
        masking.mask(name(row)), row == null ? null : new Recording(masking).keepMap(row.values()));
  }

  /**
   * What people see of a flow or row.
   *
   * @param name its name
   * @param row the row's values; null without a row
   */
  public record Shown(String name, @Nullable Map<String, @Nullable Object> row) {}
}
