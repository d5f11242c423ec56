package io.testmesh.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a Markdown text that the rules ask for. */
final class Markdown {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!-- example: (\\S+) -->\\n)?^```(?:yaml|java|xml)\\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern PART =
      Pattern.compile(
          "<!-- part: (\\S+) -->\\n```[a-z]+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  private final String text;

  Markdown(String text) {
    this.text = text;
  }

  /** All blocks of YAML, Java and XML, in order. */
  List<Example> examples() {
    List<Example> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      found.add(new Example(blocks.group(1) == null ? "" : blocks.group(1), blocks.group(2)));
    }
    return found;
  }

  /** All blocks that show a part of a file, in order. */
  List<Example> parts() {
    List<Example> found = new ArrayList<>();
    Matcher blocks = PART.matcher(text);
    while (blocks.find()) {
      found.add(new Example(blocks.group(1), blocks.group(2)));
    }
    return found;
  }

  /** The targets of all links that lead to files. */
  List<String> links() {
    List<String> found = new ArrayList<>();
    Matcher links = LINK.matcher(text);
    while (links.find()) {
      if (!links.group(1).contains("://")) {
        found.add(links.group(1));
      }
    }
    return found;
  }

  /**
   * A block of code.
   *
   * @param file the file that its marker names, with {@code #part} for a part of it; empty without
   *     one
   * @param text what the block shows
   */
  record Example(String file, String text) {}
}
