package io.testmesh.arch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private static final Pattern LOWER_PLUGIN_CODE = Pattern.compile("\"(plugin_[a-z_]+)\"");

  private static final Pattern UPPER_CODE =
      Pattern.compile("\"([A-Z]{7,}|[A-Z]+(?:_[A-Z0-9]+)+)\"");

  /** Parts of codes that depend on where a plugin comes from. */
  private static final Pattern SOURCE_CODE = Pattern.compile("\\bcode\\(\"([A-Z_]+)\"\\)");

  /** Files of the plugin host and the server whose words in capitals are no codes of their own. */
  private static final Set<String> NO_CODES =
      Set.of("ChildEnvironment.java", "Launcher.java", "PluginFailure.java");

  private static final Set<String> OTHER_WORDS =
      Set.of("ERR_MODULE_NOT_FOUND", "PLUGINS_DIR", "PLUGIN_PORT");

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
        collect(LOWER_PLUGIN_CODE, source, codes);
      }
    }
    codes.addAll(ofPlugins(project));
    return codes;
  }

  /** Of the plugin host as reports have them; of the server, and of checks alone, as they are. */
  private static Set<String> ofPlugins(Project project) {
    Set<String> inReports = new TreeSet<>();
    Set<String> asTheyAre = new TreeSet<>();
    for (Project.Module module : project.publishedModules()) {
      boolean server = module.name().equals("testmesh-server");
      if (server || module.name().equals("testmesh-plugin-host")) {
        for (Path file : Project.files(module.mainSources(), ".java")) {
          if (!NO_CODES.contains(file.getFileName().toString())) {
            boolean open = server || file.getParent().endsWith("author");
            collectUpper(Project.text(file), open ? asTheyAre : inReports);
          }
        }
      }
    }
    asTheyAre.removeAll(inReports);
    for (String code : inReports) {
      asTheyAre.add(inReport(code));
    }
    return asTheyAre;
  }

  private static void collectUpper(String source, Set<String> codes) {
    Set<String> parts = new TreeSet<>();
    collect(SOURCE_CODE, source, parts);
    Set<String> found = new TreeSet<>();
    collect(UPPER_CODE, source, found);
    found.removeAll(parts);
    found.removeAll(OTHER_WORDS);
    codes.addAll(found);
    for (String part : parts) {
      codes.add("SOURCE_" + part);
      codes.add("ARCHIVE_" + part);
    }
  }

  private static String inReport(String code) {
    String lower = code.toLowerCase(Locale.ROOT);
    return lower.startsWith("plugin_") ? lower : "plugin_" + lower;
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
