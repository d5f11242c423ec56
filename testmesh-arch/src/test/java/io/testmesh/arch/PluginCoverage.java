package io.testmesh.arch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The catalogue of what can go wrong with plugins, and the tests that say which rows they prove.
 */
final class PluginCoverage {
  private static final Pattern ANNOTATION = Pattern.compile("@Row\\(([^)]*)\\)");
  private static final Pattern ROW = Pattern.compile("\"([A-K][0-9]+)\"");
  private static final Map<Character, String> AREAS =
      Map.ofEntries(
          Map.entry('A', "Manifest and discovery"),
          Map.entry('B', "Install, upgrade, uninstall"),
          Map.entry('C', "Start"),
          Map.entry('D', "Execute"),
          Map.entry('E', "Output"),
          Map.entry('F', "Crash and restart"),
          Map.entry('G', "Stop, the host's death, orphans"),
          Map.entry('H', "State and concurrency"),
          Map.entry('I', "Environment, network, permissions"),
          Map.entry('J', "Archives and remote install"),
          Map.entry('K', "REST"));

  private PluginCoverage() {}

  /** All rows of the catalogue, in order. */
  static List<Line> rows(Project project) {
    String text =
        Project.text(project.root().resolve("testmesh-arch/src/test/resources/plugin-rows.txt"));
    List<Line> rows = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.startsWith("#")) {
        String[] cells = line.split(" \\| ", -1);
        rows.add(new Line(cells[0], cells[1], cells.length > 2 ? cells[2] : ""));
      }
    }
    return rows;
  }

  /** The test classes that prove a row, by row. */
  static Map<String, Set<String>> tests(Project project) {
    Map<String, Set<String>> tests = new TreeMap<>();
    for (Project.Module module : project.modules()) {
      for (Path file : Project.files(module.testSources(), "Test.java")) {
        String name = file.getFileName().toString().replace(".java", "");
        for (String row : rowsIn(Project.text(file))) {
          tests.computeIfAbsent(row, key -> new TreeSet<>()).add(name);
        }
      }
    }
    return tests;
  }

  /** The rows that the annotations of a source name. */
  static Set<String> rowsIn(String source) {
    Set<String> found = new TreeSet<>();
    Matcher annotations = ANNOTATION.matcher(source);
    while (annotations.find()) {
      Matcher rows = ROW.matcher(annotations.group(1));
      while (rows.find()) {
        found.add(rows.group(1));
      }
    }
    return found;
  }

  /** The page of all rows. */
  static String page(Project project) {
    List<Line> rows = rows(project);
    Map<String, Set<String>> tests = tests(project);
    long covered = rows.stream().filter(row -> tests.containsKey(row.id())).count();
    StringBuilder page = new StringBuilder("# What can go wrong with plugins, and its tests\n\n");
    page.append(covered).append(" of ").append(rows.size());
    page.append(" rows have a test. The tests run on Linux: rows about Windows and macOS that");
    page.append(" have one are proved for their logic, not on those systems.\n");
    char area = ' ';
    for (Line row : rows) {
      if (row.id().charAt(0) != area) {
        area = row.id().charAt(0);
        page.append("\n## ").append(area).append(". ").append(AREAS.get(area)).append("\n\n");
        page.append("| row | what happens | tests |\n|---|---|---|\n");
      }
      Set<String> names = tests.get(row.id());
      page.append("| ").append(row.id()).append(" | ").append(row.title()).append(" | ");
      page.append(names == null ? "none: " + row.reason() : String.join(", ", names));
      page.append(" |\n");
    }
    return page.toString();
  }

  /** A row: its number, what happens, and why no test has it; the last empty when one has. */
  record Line(String id, String title, String reason) {}
}
