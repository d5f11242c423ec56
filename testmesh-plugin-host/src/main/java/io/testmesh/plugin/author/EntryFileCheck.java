package io.testmesh.plugin.author;

import io.testmesh.plugin.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks whether the entry point can be run as it lies there. */
final class EntryFileCheck {
  /** What TestMesh runs with a program that it looks for. */
  private static final Set<String> RUN_BY_HOST =
      Set.of(".py", ".js", ".mjs", ".cjs", ".sh", ".jar");

  private static final int START = 4096;

  private final Path file;
  private final String name;
  private final List<Finding> findings = new ArrayList<>();

  EntryFileCheck(Manifest manifest) {
    this.file = manifest.folder().resolve(manifest.entryPoint());
    this.name = manifest.entryPoint();
  }

  List<Finding> check() {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(START);
    } catch (IOException unreadable) {
      findings.add(
          Finding.error("ENTRY_INVALID", name + " cannot be read", "check its permissions"));
      return findings;
    }
    String extension = extension();
    String small = extension.toLowerCase(Locale.ROOT);
    if (RUN_BY_HOST.contains(small) && !small.equals(extension)) {
      findings.add(
          Finding.warning(
              "RUNTIME_UNKNOWN",
              name + " ends in " + extension + ", not in " + small,
              "write the ending in small letters"));
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (small.equals(".jar") && !text.startsWith("PK")) {
      findings.add(Finding.error("ENTRY_INVALID", name + " is no jar", "pack it anew"));
    }
    boolean carriageReturns = text.contains("\r\n");
    if (small.equals(".sh") && carriageReturns) {
      findings.add(carriageReturns("bash does not understand them"));
    }
    if (!RUN_BY_HOST.contains(small)) {
      direct(text, carriageReturns);
    }
    return findings;
  }

  /** A file that the system itself has to start. */
  private void direct(String text, boolean carriageReturns) {
    boolean script = text.startsWith("#!");
    boolean program =
        text.startsWith("\u007FELF")
            || text.startsWith("MZ")
            || text.startsWith("\u00CF\u00FA\u00ED\u00FE")
            || text.startsWith("\u00CA\u00FE\u00BA\u00BE");
    if (!script && !program) {
      findings.add(
          Finding.error(
              "RUNTIME_UNKNOWN",
              name + " is neither a program nor does it begin with #!",
              "begin it with a line such as #!/usr/bin/env ruby, or use one of "
                  + ".py .js .mjs .cjs .sh .jar"));
    } else if (!isExecutable()) {
      findings.add(
          Finding.error("NOT_EXECUTABLE", name + " is not executable", "chmod +x " + name));
    }
    if (script && carriageReturns) {
      findings.add(carriageReturns("the system looks for a program whose name ends in \\r"));
    }
  }

  private Finding carriageReturns(String why) {
    return Finding.error(
        "BAD_SHEBANG",
        name + " has lines that end in \\r\\n: " + why,
        "save it with Unix line ends");
  }

  private boolean isExecutable() {
    try {
      return !file.getFileSystem().supportedFileAttributeViews().contains("posix")
          || Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    } catch (IOException unknown) {
      return true;
    }
  }

  private String extension() {
    String last = String.valueOf(file.getFileName());
    int dot = last.lastIndexOf('.');
    return dot <= 0 ? "" : last.substring(dot);
  }
}
