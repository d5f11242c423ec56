package io.testmesh.arch;

/** The part of a source file that a document shows: the lines after {@code // docs: NAME}. */
final class Snippet {
  private static final String END = "// docs: end";

  private Snippet() {}

  /** The part without its indentation and without empty lines at its end. */
  static String of(String file, String name) {
    String start = "// docs: " + name + "\n";
    int from = file.indexOf(start);
    int to = file.indexOf(END, from);
    if (from < 0 || to < 0) {
      throw new AssertionError("no part \"" + name + "\" in the file");
    }
    String lines = file.substring(from + start.length(), file.lastIndexOf('\n', to) + 1);
    return lines.stripTrailing().stripIndent() + "\n";
  }
}
