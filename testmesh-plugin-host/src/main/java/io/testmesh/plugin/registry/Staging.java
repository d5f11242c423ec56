package io.testmesh.plugin.registry;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.archive.Limits;
import io.testmesh.plugin.archive.PluginSource;
import io.testmesh.plugin.manifest.Manifest;
import io.testmesh.plugin.manifest.ManifestReader;
import io.testmesh.plugin.manifest.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Copies a source beside the plugins, and holds the copy against what is wanted of it. */
final class Staging {
  private final OwnFolder own;
  private final Places places;
  private final ManifestReader reader;
  private final Limits limits;
  private final ToLongFunction<Path> room;

  /**
   * A staging.
   *
   * @param room how many bytes are free on a path's disk
   */
  Staging(
      OwnFolder own,
      Places places,
      ManifestReader reader,
      Limits limits,
      ToLongFunction<Path> room) {
    this.own = own;
    this.places = places;
    this.reader = reader;
    this.limits = limits;
    this.room = room;
  }

  /** The free bytes of a path's disk; as many as you like where that is not known. */
  static long usableSpace(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  Staged stage(InstallRequest request) throws PluginException {
    Path path = SourceText.path(request);
    checkPin(request.sha256());
    PluginSource source = PluginSource.of(path);
    Path place = null;
    boolean done = false;
    try {
      checkFolder(source);
      place = places.staging();
      checkRoom(request.source(), source);
      Staged staged = copy(request, source, place);
      done = true;
      return staged;
    } catch (IOException failed) {
      throw InstallText.failed(request.source(), own.plugins(), failed);
    } finally {
      if (!done && place != null) {
        Places.remove(place);
      }
    }
  }

  private Staged copy(InstallRequest request, PluginSource source, Path place)
      throws PluginException, IOException {
    List<String> hashes = new ArrayList<>();
    PluginSource from = source;
    if (source.kind() != PluginSource.Kind.FOLDER) {
      // What is hashed has to be what is unpacked, whatever happens to the file meanwhile.
      Path archive = place.resolve("archive");
      copyArchive(source.path(), archive);
      String hash = new Sha256().bytes(archive).hex();
      checkHash(request, hash);
      hashes.add(source.kind().key() + ":sha256:" + hash);
      from = new PluginSource(archive, source.kind());
    }
    Path content = Files.createDirectory(place.resolve("content"));
    PluginSource.Copied copied;
    try {
      copied = from.copy(content, limits);
    } catch (PluginException refused) {
      throw named(refused, from.path(), source.path());
    }
    Manifest manifest = manifest(copied.root(), source);
    String tree = TreeHash.of(copied.root());
    if (source.kind() == PluginSource.Kind.FOLDER) {
      checkHash(request, tree);
    }
    hashes.add("tree:sha256:" + tree);
    return new Staged(request, place, copied, manifest, hashes);
  }

  private void copyArchive(Path from, Path to) throws IOException, PluginException {
    long left = limits.totalBytes();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw new PluginException(
              "ARCHIVE_TOO_LARGE",
              "the archive " + from + " is larger than " + (limits.totalBytes() >> 20) + " MiB",
              "leave out what the plugin does not need");
        }
        out.write(buffer, 0, read);
      }
    }
  }

  /** Messages name the file that people gave. */
  private static PluginException named(PluginException refused, Path copy, Path given) {
    String message = refused.getMessage();
    return new PluginException(
        refused.code(),
        message.replace(copy.toString(), given.toString()),
        refused.hint().orElse(null));
  }

  private Manifest manifest(Path root, PluginSource source) throws PluginException {
    try {
      return reader.read(root);
    } catch (PluginException wrong) {
      // The copy's folder has a name that says nothing to people.
      PluginException renamed =
          new PluginException(
              wrong.code(),
              wrong.getMessage().replace("plugin \"content\"", "source " + source.path()),
              wrong.hint().orElse(null));
      wrong.details().forEach(renamed::detail);
      throw renamed.detail("folder", String.valueOf(source.path().getFileName()));
    }
  }

  private void checkFolder(PluginSource source) throws PluginException, IOException {
    if (source.kind() != PluginSource.Kind.FOLDER) {
      return;
    }
    Path real = source.path().toRealPath();
    Path plugins = Files.isDirectory(own.plugins()) ? own.plugins().toRealPath() : own.plugins();
    if (plugins.startsWith(real)) {
      throw new PluginException(
          "SOURCE_OVERLAP",
          "the source " + source.path() + " contains the plugin folder " + own.plugins(),
          "name the plugin's own folder");
    }
    if (real.startsWith(plugins)) {
      throw new PluginException(
          "SOURCE_OVERLAP",
          "the source " + source.path() + " lies in the plugin folder already",
          "it needs no install; \"plugin list\" shows it");
    }
    if (!Files.exists(source.path().resolve(Manifest.FILE), LinkOption.NOFOLLOW_LINKS)) {
      throw new PluginException(
          "SOURCE_INVALID",
          "the source " + source.path() + " holds no manifest.json",
          "a plugin's folder has a manifest.json at its root");
    }
  }

  private void checkRoom(String text, PluginSource source) throws PluginException {
    long needed = size(source.path());
    long free = room.applyAsLong(own.path());
    if (needed <= limits.totalBytes() && needed > free) {
      throw InstallText.noRoom(text, own.plugins(), needed, free);
    }
  }

  private static long size(Path path) {
    try (Stream<Path> files =
        Files.find(path, 64, (file, attributes) -> attributes.isRegularFile())) {
      return files.mapToLong(Staging::fileSize).sum();
    } catch (IOException | UncheckedIOException unreadable) {
      return 0; // the copy says what cannot be read
    }
  }

  private static long fileSize(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).size();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static void checkPin(@Nullable String pin) throws PluginException {
    if (pin == null) {
      return;
    }
    boolean good = pin.length() == 64;
    for (int i = 0; i < pin.length(); i++) {
      char c = pin.charAt(i);
      good &= c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }
    if (!good) {
      throw new PluginException(
          "CHECKSUM",
          "\"" + Quoted.inside(pin) + "\" is no SHA-256 hash",
          "it has 64 digits and small letters a to f, as sha256sum prints it");
    }
  }

  private static void checkHash(InstallRequest request, String hash) throws PluginException {
    String pin = request.sha256();
    if (pin != null && !pin.equals(hash)) {
      throw new PluginException(
          "CHECKSUM",
          "\""
              + request.source()
              + "\" is not what was expected: its SHA-256 hash is "
              + hash
              + ", not "
              + pin,
          null);
    }
  }
}
