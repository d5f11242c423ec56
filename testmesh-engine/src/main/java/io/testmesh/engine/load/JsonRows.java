package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlDocument;
import io.testmesh.engine.yaml.YamlLimits;
import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.engine.yaml.YamlText;
import io.testmesh.result.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a JSON file: a list of maps with the same keys. */
public final class JsonRows {
  private JsonRows() {}

  /**
   * Reads rows from bytes.
   *
   * @param name the file's name as people should see it
   */
  public static Loaded read(String name, byte[] content) {
    YamlDocument document = new YamlText().parse(name, content, "a JSON file", YamlLimits.DATA);
    Problems problems = new Problems(document);
    if (!document.isReadable() || document.roots().size() != 1) {
      if (problems.isEmpty()) {
        problems.add(
            Problems.INVALID_VALUE,
            document.span(0, 0),
            "a list of rows is wanted, and the file holds "
                + (document.roots().isEmpty() ? "nothing" : "more than one document"),
            "a file without rows holds []");
      }
      return new Loaded(List.of(), problems.sorted());
    }
    YamlNode root = document.roots().get(0);
    if (!(root instanceof YamlList list)) {
      problems.wrongType(
          "a data source",
          document.span(root.start(), root.start() + 1),
          "a list of rows",
          root,
          "[{\"column\": \"value\"}, …]");
      return new Loaded(List.of(), problems.sorted());
    }
    List<Map<String, @Nullable Object>> rows = new RowListLoader(problems).rows(list);
    return new Loaded(rows, problems.sorted());
  }

  /**
   * What was read.
   *
   * @param rows the rows in order; of no use if there are problems
   * @param problems what is wrong, in the order of the text
   */
  public record Loaded(List<Map<String, @Nullable Object>> rows, List<Problem> problems) {
    /** Copies the lists. */
    public Loaded {
      rows = List.copyOf(rows);
      problems = List.copyOf(problems);
    }
  }
}
