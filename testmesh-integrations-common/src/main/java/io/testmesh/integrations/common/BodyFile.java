package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Puts what a server sends into a file. The file is there when all of it is, and not before.
 * Belongs to one thread.
 */
public final class BodyFile {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private long size;
  private String sha256 = "";

  /** A file that is not there yet; its folders are made. */
  public BodyFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /**
   * Writes all of the body, and does not close it.
   *
   * @throws IOException when the body cannot be read
   * @throws ActionException when the file cannot be written
   */
  public void write(InputStream body) throws IOException, ActionException {
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
      copy(body, part);
      try {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw unwritable(e);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void copy(InputStream source, Path part) throws IOException, ActionException {
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

  /** Where it is, absolute. */
  public Path file() {
    return file;
  }

  /** How many bytes were written. */
  public long size() {
    return size;
  }

  /** The SHA-256 hash of what was written, in hexadecimal. */
  public String sha256() {
    return sha256;
  }
}
