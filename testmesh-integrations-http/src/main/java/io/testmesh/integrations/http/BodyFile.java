package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import okhttp3.Response;
import okio.BufferedSource;

/** Puts the body of a response into a file. The file is there when all of it is, and not before. */
final class BodyFile {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private long size;
  private String sha256 = "";

  BodyFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /**
   * Writes all of the body.
   *
   * @throws IOException when the body cannot be read
   * @throws ActionException when the file cannot be written
   */
  void write(Response response) throws IOException, ActionException {
    Path part;
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      part = Files.createTempFile(folder, ".testmesh-", ".part");
    } catch (IOException e) {
      throw unwritable(e);
    }
    try {
      copy(BodyReader.source(response), part);
      try {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw unwritable(e);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void copy(BufferedSource source, Path part) throws IOException, ActionException {
    MessageDigest digest = sha256Digest();
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = open(part)) {
      for (int count = source.read(chunk); count >= 0; count = source.read(chunk)) {
        digest.update(chunk, 0, count);
        try {
          out.write(chunk, 0, count);
        } catch (IOException e) {
          throw unwritable(e);
        }
        size += count;
      }
    }
    sha256 = HexFormat.of().formatHex(digest.digest());
  }

  private OutputStream open(Path part) throws ActionException {
    try {
      return Files.newOutputStream(part);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private ActionException unwritable(IOException e) {
    return new ActionException(
        ActionException.ACTION_FAILED, "\"to_file\" cannot be written: " + file + ": " + e, e);
  }

  Path file() {
    return file;
  }

  long size() {
    return size;
  }

  String sha256() {
    return sha256;
  }
}
