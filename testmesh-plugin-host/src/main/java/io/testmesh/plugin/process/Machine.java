package io.testmesh.plugin.process;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The system and the processor that programs have to be made for.
 *
 * @param system as {@code os.name} has it
 * @param processor as {@code os.arch} has it
 */
record Machine(String system, String processor) {
  static final Machine CURRENT =
      new Machine(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));

  private static final int ELF_X86_64 = 62;
  private static final int ELF_AARCH64 = 183;

  boolean isWindows() {
    return system.toLowerCase(Locale.ROOT).startsWith("windows");
  }

  boolean isLinux() {
    return system.equals("Linux");
  }

  private boolean isMac() {
    return system.toLowerCase(Locale.ROOT).startsWith("mac");
  }

  String words() {
    return system + " " + processor;
  }

  /** Whether the file begins as a program of some machine does. */
  static boolean isProgram(byte[] head) {
    return isElf(head) || isMachO(head) || isPe(head);
  }

  /** Why a file that begins like this does not run here, or null. */
  @Nullable String whyForeign(byte[] head) {
    if (isElf(head)) {
      if (isWindows() || isMac()) {
        return "a program for Linux";
      }
      int made = elfProcessor(head);
      boolean fits =
          switch (processor) {
            case "amd64", "x86_64" -> made == ELF_X86_64 || made == 3;
            case "aarch64", "arm64" -> made == ELF_AARCH64 || made == 40;
            default -> true;
          };
      return fits ? null : "a program for another processor (" + elfName(made) + ")";
    }
    if (isMachO(head)) {
      return isMac() ? null : "a program for macOS";
    }
    return isPe(head) && !isWindows() ? "a program for Windows" : null;
  }

  private static int elfProcessor(byte[] head) {
    if (head.length < 20) {
      return -1;
    }
    boolean bigEndian = head[5] == 2;
    int low = head[bigEndian ? 19 : 18] & 0xff;
    int high = head[bigEndian ? 18 : 19] & 0xff;
    return high << 8 | low;
  }

  private static String elfName(int machine) {
    return switch (machine) {
      case 3 -> "x86";
      case 40 -> "ARM";
      case ELF_X86_64 -> "x86-64";
      case ELF_AARCH64 -> "AArch64";
      case 243 -> "RISC-V";
      default -> "ELF machine " + machine;
    };
  }

  private static boolean isElf(byte[] head) {
    return head.length > 3 && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L' && head[3] == 'F';
  }

  private static boolean isMachO(byte[] head) {
    if (head.length < 4) {
      return false;
    }
    int magic = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8;
    int last = head[3] & 0xff;
    return magic == 0xfeedfa00 && (last == 0xce || last == 0xcf)
        || (magic == 0xcefaed00 || magic == 0xcffaed00) && last == 0xfe;
  }

  private static boolean isPe(byte[] head) {
    return head.length > 1 && head[0] == 'M' && head[1] == 'Z';
  }
}
