package io.testmesh.plugin.process;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the entry point of a plugin is run: the words of a command, the first one a whole path. */
public final class Command {
  private static final int HEAD = 256;

  private final Manifest manifest;
  private final Path entry;
  private final Interpreters interpreters;
  private final Machine machine;

  private Command(Manifest manifest, Interpreters interpreters, Machine machine) {
    this.manifest = manifest;
    this.entry = manifest.folder().resolve(manifest.entryPoint());
    this.interpreters = interpreters;
    this.machine = machine;
  }

  /**
   * The command for a plugin, checked as far as that is possible without starting it.
   *
   * @param environment where PATH is looked up
   * @throws PluginException when it could not be started; the message says why
   */
  public static List<String> of(Manifest manifest, Map<String, String> environment)
      throws PluginException {
    return of(manifest, environment, Machine.CURRENT);
  }

  static List<String> of(Manifest manifest, Map<String, String> environment, Machine machine)
      throws PluginException {
    return new Command(manifest, new Interpreters(environment, machine), machine).words();
  }

  private List<String> words() throws PluginException {
    if (!Files.isDirectory(manifest.folder())) {
      throw failure(
          "ENTRY_INVALID", "its folder " + manifest.folder() + " is gone", "install it again");
    }
    if (!Files.isRegularFile(entry)) {
      throw failure(
          "ENTRY_INVALID",
          "its entry point " + manifest.entryPoint() + " is no file in " + manifest.folder(),
          "correct entry_point in " + Manifest.FILE);
    }
    String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    switch (dot < 1 ? "" : name.substring(dot + 1)) {
      case "py":
        return List.of(interpreter("python3"), entry.toString());
      case "js", "mjs", "cjs":
        return List.of(interpreter("node"), entry.toString());
      case "sh":
        return List.of(interpreter("bash"), entry.toString());
      case "jar":
        return List.of(Interpreters.java(), "-jar", entry.toString());
      default:
        return executable(dot < 1 ? "" : name.substring(dot));
    }
  }

  private String interpreter(String name) throws PluginException {
    return interpreters.find(name, manifest.id());
  }

  private List<String> executable(String extension) throws PluginException {
    if (!machine.isWindows() && !Files.isExecutable(entry)) {
      boolean known = extension.isEmpty();
      throw failure(
          known ? "NOT_EXECUTABLE" : "RUNTIME_UNKNOWN",
          known
              ? "its entry point " + entry + " may not be executed"
              : "no interpreter is known for its entry point "
                  + manifest.entryPoint()
                  + ", and the file may not be executed",
          "chmod +x "
              + entry
              + (known
                  ? ""
                  : " and begin it with a #! line; known are .py .js .mjs .cjs .sh .jar"));
    }
    byte[] head = head();
    String foreign = machine.whyForeign(head);
    if (foreign != null) {
      throw failure(
          "WRONG_ARCH",
          "its entry point " + manifest.entryPoint() + " is " + foreign,
          "use the build for " + machine.words());
    }
    if (!machine.isWindows() && !Machine.isProgram(head)) {
      checkShebang(head);
    }
    return List.of(entry.toString());
  }

  private byte[] head() throws PluginException {
    try (InputStream in = Files.newInputStream(entry)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw failure(
          "ENTRY_INVALID", "its entry point " + entry + " cannot be read: " + e.getMessage(), null);
    }
  }

  private void checkShebang(byte[] head) throws PluginException {
    List<String> words = shebang(head);
    if (words == null || words.isEmpty()) {
      throw failure(
          "BAD_SHEBANG",
          "its entry point " + manifest.entryPoint() + " is neither a program nor has a #! line",
          "begin it with a line such as #!/usr/bin/env python3");
    }
    String interpreter = words.get(0);
    if (!Files.exists(Path.of(interpreter.replace("\r", "")))) {
      throw missing(interpreter.replace("\r", ""));
    }
    String last = words.get(words.size() - 1);
    if (last.endsWith("\r")) {
      throw failure(
          "BAD_SHEBANG",
          "the #! line of its entry point "
              + manifest.entryPoint()
              + " ends with a carriage return, so that \""
              + last.replace("\r", "")
              + "\" is not found",
          "save the file with Unix line ends");
    }
    if (interpreter.endsWith("/env")) {
      for (String word : words.subList(1, words.size())) {
        if (!word.startsWith("-") && word.indexOf('=') < 0) {
          interpreter(word);
          return;
        }
      }
    }
  }

  private PluginException missing(String interpreter) {
    return failure(
        "BAD_SHEBANG",
        "the interpreter "
            + interpreter
            + " in the #! line of its entry point "
            + manifest.entryPoint()
            + " does not exist",
        "correct the line, or install " + interpreter);
  }

  /** The words of the #! line, or null when there is none. */
  private static @Nullable List<String> shebang(byte[] head) {
    if (head.length < 2 || head[0] != '#' || head[1] != '!') {
      return null;
    }
    String text = new String(head, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    List<String> words = new ArrayList<>();
    for (String word : (end < 0 ? text.substring(2) : text.substring(2, end)).split("[ \t]", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private PluginException failure(String code, String problem, @Nullable String hint) {
    return new PluginException(
        code, "plugin \"" + manifest.id() + "\" cannot be started: " + problem, hint);
  }
}
