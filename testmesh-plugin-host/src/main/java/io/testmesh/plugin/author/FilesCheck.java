package io.testmesh.plugin.author;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks at all files of a plugin: what should not be given to others, and what reaches outside. */
final class FilesCheck {
  private static final Set<String> SECRET_NAMES =
      Set.of(
          ".env",
          ".npmrc",
          ".pypirc",
          ".netrc",
          "id_rsa",
          "id_ed25519",
          "id_ecdsa",
          "credentials.json");
  private static final Set<String> SECRET_ENDS =
      Set.of(".pem", ".key", ".p12", ".pfx", ".jks", ".keystore");
  private static final Set<String> FOREIGN = Set.of("node_modules", ".git", "__pycache__", ".venv");
  private static final long LARGE = 50L << 20;
  private static final long LARGEST_SOURCE = 1 << 20;

  private final Path root;
  private final List<Finding> findings = new ArrayList<>();
  private boolean readsPort;
  private boolean hasSources;
  private long modulesBytes;

  FilesCheck(Path root) {
    this.root = root;
  }

  List<Finding> check() {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              look(root.relativize(file), file, attributes);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      findings.add(
          Finding.error(
              "SOURCE_INVALID",
              "not all files can be read: " + unreadable.getMessage(),
              "check their permissions"));
    }
    if (modulesBytes > LARGE) {
      findings.add(
          Finding.warning(
              "SOURCE_TOO_LARGE",
              "node_modules holds " + (modulesBytes >> 20) + " MiB",
              "npm prune --omit=dev"));
    }
    if (hasSources && !readsPort) {
      findings.add(
          Finding.warning(
              "PORT_IGNORED",
              "no source names PLUGIN_PORT",
              "listen on 127.0.0.1 and the port in the environment's PLUGIN_PORT"));
    }
    return findings;
  }

  private void look(Path path, Path file, BasicFileAttributes attributes) throws IOException {
    String name = String.valueOf(path.getFileName());
    String end = name.substring(Math.max(name.lastIndexOf('.'), 0)).toLowerCase(Locale.ROOT);
    for (Path part : path) {
      if (part.toString().equals("node_modules")) {
        modulesBytes += attributes.size();
      }
      if (FOREIGN.contains(part.toString())) {
        return;
      }
    }
    if (SECRET_NAMES.contains(name) || name.startsWith(".env.") || SECRET_ENDS.contains(end)) {
      findings.add(
          Finding.warning(
              "SECRET_FILE",
              path + " looks like it holds secrets",
              "remove it; who installs the plugin grants what it needs with --plugin-env"));
    }
    boolean python = end.equals(".py");
    boolean script = end.equals(".js") || end.equals(".mjs") || end.equals(".cjs");
    if ((python || script || end.equals(".sh"))
        && attributes.isRegularFile()
        && attributes.size() <= LARGEST_SOURCE) {
      hasSources = true;
      source(path, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), python);
    }
  }

  private void source(Path path, String text, boolean python) {
    readsPort |= text.contains("PLUGIN_PORT");
    int line = 0;
    for (String content : text.split("\n", -1)) {
      line++;
      String outside =
          python
              ? OutsideImports.python(path, content)
              : OutsideImports.script(root, path, content);
      if (outside != null) {
        findings.add(
            Finding.error(
                "IMPORT_OUTSIDE",
                path + ":" + line + " uses " + outside + ", outside of the plugin's folder",
                "copy it into the folder: only the folder is installed"));
      }
    }
  }
}
