package io.testmesh.arch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file of cases: {@code === name | outcome | text}, then the flow, then further files, each under
 * {@code -- path --}. The outcome is the status of the flow with the code of its failure, or {@code
 * invalid} with the code of the first problem, or {@code none} where nothing ran; the text is what
 * the message begins with. A flow without a name has that of its case.
 */
record RuleSheet(List<Case> cases) {

  /**
   * A flow and what becomes of it.
   *
   * @param files the further files, by path
   */
  record Case(String name, String outcome, String text, String flow, Map<String, String> files) {
    String file() {
      return name + ".yaml";
    }
  }

  static RuleSheet read(String name) throws IOException {
    try (InputStream in = RuleSheet.class.getResourceAsStream("/rules/" + name + ".rules")) {
      String sheet = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String one : sheet.split("(?m)^=== ")) {
        if (!one.startsWith("#")) {
          cases.add(parse(one));
        }
      }
      return new RuleSheet(cases);
    }
  }

  private static Case parse(String text) {
    int end = text.indexOf('\n');
    String[] head = text.substring(0, end).split(" \\| ", 3);
    String[] parts = text.substring(end + 1).split("(?m)^-- ");
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int close = parts[i].indexOf(" --\n");
      files.put(parts[i].substring(0, close), parts[i].substring(close + 4));
    }
    String flow = parts[0];
    boolean named =
        flow.startsWith("flow:")
            || flow.startsWith("{")
            || flow.startsWith("name:")
            || flow.contains("\nname:");
    return new Case(
        head[0],
        head[1],
        head.length > 2 ? head[2] : "",
        named ? flow : "name: " + head[0] + "\n" + flow,
        files);
  }

  /** Writes all files; gives those that are cases. */
  Path[] write(Path folder) throws IOException {
    List<Path> written = new ArrayList<>();
    for (Case one : cases) {
      for (Map.Entry<String, String> file : one.files().entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      written.add(Files.writeString(folder.resolve(one.file()), one.flow()));
    }
    return written.toArray(new Path[0]);
  }
}
