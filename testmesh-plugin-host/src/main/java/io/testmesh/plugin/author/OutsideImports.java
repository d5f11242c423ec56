package io.testmesh.plugin.author;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a line of source what is loaded from outside of a plugin's folder. Sure findings alone:
 * what is put together while the plugin runs shows when its copy is started.
 */
final class OutsideImports {
  private OutsideImports() {}

  /** The path that a line of JavaScript loads relative to its file, if it leads out. */
  static @Nullable String script(Path root, Path file, String line) {
    String code = line.strip();
    if (code.startsWith("//") || code.startsWith("*")) {
      return null;
    }
    boolean loads =
        code.contains("require(")
            || code.contains("import(")
            || code.startsWith("import ")
            || code.contains(" from ");
    for (int start = code.indexOf("../");
        loads && start > 0;
        start = code.indexOf("../", start + 1)) {
      int quote = start - (code.startsWith("./", start - 2) ? 3 : 1);
      char opening = quote < 0 ? ' ' : code.charAt(quote);
      int end = code.indexOf(opening, start);
      boolean text = opening == '"' || opening == '\'' || opening == '`';
      if (text && end > start && leadsOut(root, file, code.substring(start, end))) {
        return code.substring(start, end);
      }
    }
    return null;
  }

  private static boolean leadsOut(Path root, Path file, String relative) {
    try {
      return !root.resolve(file).resolveSibling(relative).normalize().startsWith(root);
    } catch (InvalidPathException odd) {
      return false;
    }
  }

  /** The search path that a line of Python adds, if it leads out. */
  static @Nullable String python(Path file, String line) {
    String code = line.strip();
    if (code.startsWith("#") || !code.contains("sys.path")) {
      return null;
    }
    int allowed = file.getNameCount() - 1; // folders between the file and the plugin's folder
    int up = count(code, "..");
    int parents = count(code, ".parent") - count(code, ".parents") - 1;
    int index = code.indexOf("parents[");
    int number = index < 0 || index + 8 >= code.length() ? -1 : code.charAt(index + 8) - '0';
    return up > allowed || parents > allowed || number > allowed && number < 10
        ? "a parent folder as a place of modules"
        : null;
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
