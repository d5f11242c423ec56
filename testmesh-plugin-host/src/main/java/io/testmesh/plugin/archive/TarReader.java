package io.testmesh.plugin.archive;

import io.testmesh.plugin.PluginException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive that is compressed with gzip: files and folders in the formats v7, ustar, pax
 * (POSIX.1-2001) and GNU's long names. Links, devices and sparse files are refused.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int LARGEST_HEADER = 1 << 20;

  private final Path archive;
  private final Intake intake;
  private final MemberNames names;
  private final Map<String, String> next = new HashMap<>();
  private @Nullable String longName;

  TarReader(Path archive, Intake intake) {
    this.archive = archive;
    this.intake = intake;
    this.names = new MemberNames(intake);
  }

  void read() throws PluginException, IOException {
    intake.archiveBytes(Files.size(archive));
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        InputStream in = new GZIPInputStream(file, 1 << 16)) {
      byte[] header = new byte[BLOCK];
      while (in.readNBytes(header, 0, BLOCK) == BLOCK && !isEmpty(header)) {
        checkSum(header);
        member(in, header);
      }
      if (!isEmpty(header)) {
        throw Intake.broken(archive, "ends too early");
      }
      // To its end, since what gzip knows of the whole is behind it; padding is short.
      for (int i = 0; i < LARGEST_HEADER && in.read() >= 0; i++) {
        continue;
      }
    } catch (EOFException cut) {
      throw Intake.broken(archive, "ends too early");
    } catch (ZipException damaged) {
      throw Intake.broken(archive, "is damaged, or no gzip archive");
    }
  }

  private void member(InputStream in, byte[] header) throws PluginException, IOException {
    char type = (char) (header[156] & 0xFF);
    long size = next.containsKey("size") ? decimal(next.get("size")) : number(header, 124, 12);
    if (size < 0) {
      throw Intake.broken(archive, "is damaged: a member has no size");
    }
    if (type == 'x' || type == 'g') {
      pax(in, size, type == 'x');
      return;
    }
    if (type == 'L' || type == 'K') {
      String text = text(extra(in, size), 0, (int) size);
      longName = type == 'L' ? text : longName;
      return;
    }
    String name = name(header);
    boolean sparse =
        type == 'S' || next.keySet().stream().anyMatch(k -> k.startsWith("GNU.sparse"));
    next.clear();
    longName = null;
    // Before there were types, a folder was a name with a slash at its end.
    boolean isFolder = type == '5' || (type == '0' || type == '\0') && name.endsWith("/");
    boolean isFile = (type == '0' || type == '\0' || type == '7') && !isFolder;
    if (sparse || !isFile && !isFolder) {
      throw intake.unsafe(name, "which is " + kind(type, sparse));
    }
    String path = names.check(name, isFolder);
    String left = LeftOut.in(path);
    if (isFile && left == null) {
      boolean executable = (number(header, 100, 8) & 0111) != 0;
      Bounded content = new Bounded(in, size);
      intake.file(path, executable, content);
      content.requireEnd();
    } else {
      if (left != null) {
        intake.leaveOut(left, isFile ? 1 : 0);
        intake.unpack(size);
      } else if (!path.isEmpty()) {
        intake.folder(path);
      }
      skip(in, size);
    }
    skip(in, padding(size));
  }

  private static String kind(char type, boolean sparse) {
    if (sparse) {
      return "a sparse file";
    }
    return type == '1' || type == '2' ? "a link" : "a pipe, device or something unknown";
  }

  private String name(byte[] header) {
    String fromPax = next.get("path");
    if (fromPax != null) {
      return fromPax;
    }
    if (longName != null) {
      return longName;
    }
    String name = text(header, 0, 100);
    boolean ustar = text(header, 257, 6).startsWith("ustar") && header[262] == 0;
    String prefix = ustar ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Records of the form {@code length key=value\n}. */
  private void pax(InputStream in, long size, boolean forNext) throws PluginException, IOException {
    byte[] records = extra(in, size);
    int at = 0;
    while (at < records.length) {
      int blank = at;
      while (blank < records.length && records[blank] != ' ') {
        blank++;
      }
      long length = decimal(new String(records, at, blank - at, StandardCharsets.UTF_8));
      int end = (int) Math.min(at + length, Integer.MAX_VALUE);
      if (length <= 0 || end > records.length || blank + 1 >= end) {
        throw Intake.broken(archive, "is damaged: a pax header cannot be read");
      }
      String record = new String(records, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (forNext && equals > 0) {
        next.put(record.substring(0, equals), record.substring(equals + 1));
      }
      at = end;
    }
  }

  private byte[] extra(InputStream in, long size) throws PluginException, IOException {
    if (size > LARGEST_HEADER) {
      throw Intake.broken(archive, "has a header of more than 1 MiB");
    }
    intake.unpack(BLOCK + size);
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    skip(in, padding(size));
    return bytes;
  }

  private static void skip(InputStream in, long count) throws IOException {
    in.skipNBytes(count);
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }

  private void checkSum(byte[] header) throws PluginException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    if (sum != number(header, 148, 8)) {
      throw Intake.broken(archive, "is damaged, or no tar archive inside of gzip");
    }
  }

  private static boolean isEmpty(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Octal digits, or base 256 when the first bit is set; -1 when it is neither. */
  private static long number(byte[] header, int start, int length) {
    if ((header[start] & 0x80) != 0) {
      long value = header[start] & 0x3F;
      for (int i = start + 1; i < start + length; i++) {
        if (value >= 1L << 54) {
          return -1;
        }
        value = value << 8 | header[i] & 0xFF;
      }
      return value;
    }
    long value = 0;
    for (char digit : text(header, start, length).strip().toCharArray()) {
      if (digit < '0' || digit > '7') {
        return -1;
      }
      value = value * 8 + digit - '0';
    }
    return value;
  }

  private static long decimal(@Nullable String text) {
    try {
      return text == null ? -1 : Long.parseLong(text);
    } catch (NumberFormatException none) {
      return -1;
    }
  }

  private static String text(byte[] bytes, int start, int length) {
    int end = start;
    while (end < start + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** One member's bytes; does not end early without saying so. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = in.read(buffer, offset, (int) Math.min(length, left));
      if (read > 0) {
        left -= read;
      }
      return read;
    }

    void requireEnd() throws EOFException {
      if (left > 0) {
        throw new EOFException();
      }
    }
  }
}
