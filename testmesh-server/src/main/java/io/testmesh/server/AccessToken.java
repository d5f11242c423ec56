package io.testmesh.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The text that every request has to bring, in a file that its owner alone can read.
 *
 * @param text the token
 * @param made whether the file was not there and has been written now
 */
public record AccessToken(String text, boolean made) {
  private static final int RANDOM_BYTES = 32;
  private static final int SHORTEST = 16;

  /**
   * Reads the token of a file; makes the file with a random one where it is not there.
   *
   * @throws IOException when it cannot be read or written, others may read it, or it is too short;
   *     the message is for people
   */
  public static AccessToken of(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      write(file, token + "\n");
      return new AccessToken(token, true);
    }
    if (hasPermissions(file)) {
      for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
        if (!permission.name().startsWith("OWNER_")) {
          throw new IOException(
              "others may use the token file " + file + "; cure: chmod 600 " + file);
        }
      }
    }
    String token = Files.readString(file).strip();
    if (token.length() < SHORTEST) {
      throw new IOException(
          "the token in " + file + " is shorter than " + SHORTEST + " characters");
    }
    return new AccessToken(token, false);
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileAttribute<?>[] owners =
        hasPermissions(file)
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(
                  Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, owners);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
  }

  private static boolean hasPermissions(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
