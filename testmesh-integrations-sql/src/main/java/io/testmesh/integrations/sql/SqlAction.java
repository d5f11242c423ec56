package io.testmesh.integrations.sql;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.result.ActionSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the actions have in common. Names no type of a driver: looking at a descriptor does not load
 * one.
 */
abstract class SqlAction implements ActionHandler {
  /** Values for the parameters of a statement. */
  static final ConfigType PARAMS = ConfigType.oneOf(ConfigType.LIST, ConfigType.MAP);

  private static final int LONGEST_TARGET = 120;
  private static final int LONGEST_PREVIEW = 2_000;
  private static final List<String> TARGETS =
      List.of("query", "table", "statement", "file", "schema");
  private static final List<String> COUNTS =
      List.of("inserted", "updated", "deleted", "executed", "rowCount", "row_count");

  /** Kept, as it is asked for several times for each step that is checked. */
  private final ActionDescriptor descriptor;

  /** The last connection that was checked; the steps of a flow mostly have the same one. */
  private volatile List<@Nullable Object> checked = List.of();

  private final StatementChecks statements = new StatementChecks();

  SqlAction(ActionDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public final ActionDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public void check(ConfigCheck config) {
    Map<String, @Nullable Object> values = config.values();
    List<@Nullable Object> written = SqlKeys.written(values::get);
    if (!written.equals(checked) && SqlKeys.check(config)) {
      checked = written;
    }
    statements.check(config);
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(QuerySteps::warmUp);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    String target =
        config.get("statements") instanceof List<?> list ? list.size() + " statements" : "";
    for (String key : TARGETS) {
      if (config.get(key) instanceof String text) {
        target = JsonPreview.line(text, LONGEST_TARGET);
        break;
      }
    }
    String headline = null;
    for (String key : COUNTS) {
      if (headline == null && result.get(key) instanceof Number count) {
        headline = key + " " + count;
      }
    }
    Object rows = result.containsKey("rows") ? result.get("rows") : result.get("results");
    return new ActionSummary(
        target, headline, rows == null ? null : JsonPreview.of(rows, LONGEST_PREVIEW));
  }
}
