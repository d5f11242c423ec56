package io.testmesh.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of stable codes, and the codes that the sources use. */
final class ErrorCodes {
  /** A code that is handed to what makes a problem or a failure. */
  private static final Pattern USE =
      Pattern.compile(
          "(?:problems\\.(?:error|warning)|\\.problem|Problem\\.(?:error|warning)"
              + "|new (?:Action|Expression|EnvFile)Exception|Failure\\.builder|failure|fail)"
              + "\\(\\s*\"([a-z]+(?:_[a-z]+)*)\"");

  private static final Pattern CONSTANT =
      Pattern.compile("static final String [A-Z_]+ = \"([a-z]+(?:_[a-z]+)*)\";");

  /** The classes whose constants are codes. */
  private static final Set<String> HOLDERS =
      Set.of(
          "ActionException.java",
          "ExpressionException.java",
          "FormProblems.java",
          "Problems.java",
          "TextDecoder.java",
          "YamlDocument.java");

  private ErrorCodes() {}

  /** The codes in the sources of all published modules, sorted. */
  static Set<String> used(Project project) {
    Set<String> codes = new TreeSet<>();
    for (Project.Module module : project.publishedModules()) {
      for (var file : Project.files(module.mainSources(), ".java")) {
        String source = Project.text(file);
        collect(USE, source, codes);
        if (HOLDERS.contains(file.getFileName().toString())) {
          collect(CONSTANT, source, codes);
        }
      }
    }
    return codes;
  }

  private static void collect(Pattern pattern, String source, Set<String> codes) {
    Matcher uses = pattern.matcher(source);
    while (uses.find()) {
      codes.add(uses.group(1));
    }
  }

  /** The table's lines, in order. */
  static List<Line> table(Project project) {
    String text =
        Project.text(project.root().resolve("testmesh-arch/src/test/resources/error-codes.txt"));
    List<Line> table = new ArrayList<>();
    String section = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("== ")) {
        section = line.substring(3);
      } else if (!line.startsWith("#")) {
        String[] cells = line.split(" \\| ", -1);
        table.add(new Line(section, cells[0], cells[1], cells[2], cells[3]));
      }
    }
    return table;
  }

  /** One code: where it belongs, when it is found, why it comes, what helps. */
  record Line(String section, String code, String found, String cause, String cure) {}
}
