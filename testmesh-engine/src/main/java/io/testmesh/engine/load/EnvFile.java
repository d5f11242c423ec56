package io.testmesh.engine.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads dotenv files: {@code KEY=VALUE} lines, comments, {@code export}, single quotes (literal)
 * and double quotes (with {@code \n}, {@code \t}, {@code \"}, {@code \\}).
 */
public final class EnvFile {
  private final String name;
  private final List<Entry> entries = new ArrayList<>();

  private EnvFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @throws EnvFileException when it is not there or not well-formed
   */
  public static List<Entry> read(Path file) throws EnvFileException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new EnvFileException(
          "file_not_found", "the env file \"" + file + "\" is not there", null);
    } catch (IOException e) {
      throw new EnvFileException(
          "file_not_found",
          "the env file \"" + file + "\" cannot be read: " + e.getMessage(),
          null);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new EnvFileException("encoding", "the env file \"" + file + "\" is not UTF-8", null);
    }
    return parse(String.valueOf(file.getFileName()), text);
  }

  /** Reads a text; the name is shown in errors. */
  public static List<Entry> parse(String name, String text) throws EnvFileException {
    EnvFile file = new EnvFile(name);
    String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      i = file.line(lines, i);
    }
    return List.copyOf(file.entries);
  }

  private int line(String[] lines, int index) throws EnvFileException {
    String line = lines[index].strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return index;
    }
    if (line.startsWith("export ") || line.startsWith("export\t")) {
      line = line.substring(7).stripLeading();
    }
    int equals = line.indexOf('=');
    String key = equals < 0 ? line : line.substring(0, equals).strip();
    if (equals < 1 || !isName(key)) {
      throw wrong(index, "wants KEY=VALUE, got \"" + lines[index].strip() + "\"");
    }
    String rest = line.substring(equals + 1).strip();
    if (rest.startsWith("'") || rest.startsWith("\"")) {
      return quoted(lines, index, key, rest);
    }
    int comment = rest.indexOf(" #");
    String value = rest.startsWith("#") ? "" : comment < 0 ? rest : rest.substring(0, comment);
    entries.add(new Entry(key, value.strip(), false));
    return index;
  }

  private int quoted(String[] lines, int index, String key, String first) throws EnvFileException {
    char quote = first.charAt(0);
    StringBuilder value = new StringBuilder();
    int at = index;
    String line = first.substring(1);
    while (true) {
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == quote) {
          String after = line.substring(i + 1).strip();
          if (!after.isEmpty() && !after.startsWith("#")) {
            throw wrong(at, "has text after the closing quote: " + after);
          }
          entries.add(new Entry(key, value.toString(), quote == '\''));
          return at;
        }
        if (c == '\\' && quote == '"' && i + 1 < line.length()) {
          i++;
          value.append(unescaped(line.charAt(i)));
        } else if (c != '\r') {
          value.append(c);
        }
      }
      at++;
      if (at == lines.length) {
        throw wrong(index, "has a quote that is not closed");
      }
      value.append('\n');
      line = lines[at];
    }
  }

  private static String unescaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '"', '\\' -> String.valueOf(c);
      default -> "\\" + c;
    };
  }

  private static boolean isName(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
      if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '.' || c == '-'))) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  private EnvFileException wrong(int index, String what) {
    return new EnvFileException(
        "invalid_value", "line " + (index + 1) + " of the env file \"" + name + "\" " + what, null);
  }

  /**
   * A line of the file.
   *
   * @param name the name
   * @param value the text, quotes and escapes undone
   * @param literal whether placeholders in it are plain text
   */
  public record Entry(String name, String value, boolean literal) {}

  /** An env file that is not there or not well-formed. */
  public static final class EnvFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String hint;

    EnvFileException(String code, String message, @Nullable String hint) {
      super(message);
      this.code = code;
      this.hint = hint;
    }

    /** The stable code. */
    public String code() {
      return code;
    }

    /** What to do about it, or null. */
    public @Nullable String hint() {
      return hint;
    }
  }
}
