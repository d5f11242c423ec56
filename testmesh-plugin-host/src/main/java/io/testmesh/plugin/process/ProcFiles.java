package io.testmesh.plugin.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Linux tells about processes under {@code /proc} (proc(5)). Empty on other systems. */
final class ProcFiles {
  private static final Path ROOT = Path.of("/proc");
  private static final String LISTENING = "0A";

  private ProcFiles() {}

  static boolean isThere() {
    return Machine.CURRENT.isLinux() && Files.isDirectory(ROOT.resolve("self"));
  }

  /** The processes that have the cookie in their environment, other than dead ones. */
  static List<Long> withCookie(String cookie) {
    List<Long> found = new ArrayList<>();
    if (!isThere()) {
      return found;
    }
    byte[] wanted = (ChildEnvironment.COOKIE + "=" + cookie).getBytes(StandardCharsets.UTF_8);
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(ROOT, "[0-9]*")) {
      for (Path process : processes) {
        if (contains(read(process.resolve("environ")), wanted)) {
          long pid = Long.parseLong(process.getFileName().toString());
          if (!isDead(pid)) {
            found.add(pid);
          }
        }
      }
    } catch (IOException e) {
      // Nothing more can be found.
    }
    return found;
  }

  /** Whether the process is gone, or only waits for its parent to notice that. */
  static boolean isDead(long pid) {
    String stat = new String(read(ROOT.resolve(pid + "/stat")), StandardCharsets.ISO_8859_1);
    int end = stat.lastIndexOf(')');
    if (end < 0 || end + 2 >= stat.length()) {
      return true;
    }
    char state = stat.charAt(end + 2);
    return state == 'Z' || state == 'X';
  }

  /** The sockets that listen, of both protocols. */
  static List<Listener> listeners() {
    List<Listener> found = new ArrayList<>();
    for (String file : List.of("net/tcp", "net/tcp6")) {
      String text = new String(read(ROOT.resolve("self/" + file)), StandardCharsets.ISO_8859_1);
      for (String line : text.split("\n", -1)) {
        Listener listener = listener(line);
        if (listener != null) {
          found.add(listener);
        }
      }
    }
    return found;
  }

  /** One line of the table: {@code sl local_address rem_address st … inode}. */
  private static @Nullable Listener listener(String line) {
    String[] words = line.strip().split(" +", -1);
    if (words.length < 10 || !words[3].equals(LISTENING)) {
      return null;
    }
    int colon = words[1].indexOf(':');
    int port = Integer.parseInt(words[1].substring(colon + 1), 16);
    return new Listener(words[1].substring(0, colon), port, words[9]);
  }

  /** The inodes of the sockets that a process has open; empty when that cannot be seen. */
  static Set<String> sockets(long pid) {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(ROOT.resolve(pid + "/fd"))) {
      for (Path file : files) {
        addSocket(file, inodes);
      }
    } catch (IOException e) {
      // Gone, or not ours to look at.
    }
    return inodes;
  }

  private static void addSocket(Path file, Set<String> inodes) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      if (target.startsWith("socket:[")) {
        inodes.add(target.substring(8, target.length() - 1));
      }
    } catch (IOException e) {
      // Closed in the meantime.
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** Whether the entry stands at the start of the text or after a NUL, and ends there. */
  private static boolean contains(byte[] text, byte[] entry) {
    for (int i = 0; i + entry.length <= text.length; i++) {
      boolean starts = i == 0 || text[i - 1] == 0;
      boolean ends = i + entry.length == text.length || text[i + entry.length] == 0;
      if (starts && ends && Arrays.equals(text, i, i + entry.length, entry, 0, entry.length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A socket that listens.
   *
   * @param address hexadecimal, in the byte order of the machine
   * @param inode what tells sockets apart
   */
  record Listener(String address, int port, String inode) {
    /** Whether it listens on every address. */
    boolean isWildcard() {
      for (int i = 0; i < address.length(); i++) {
        if (address.charAt(i) != '0') {
          return false;
        }
      }
      return true;
    }

    /** Whether it listens on {@code ::1}. */
    boolean isLoopback6() {
      return address.equals("00000000000000000000000001000000");
    }
  }
}
