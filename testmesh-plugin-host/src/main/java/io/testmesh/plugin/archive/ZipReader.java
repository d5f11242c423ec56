package io.testmesh.plugin.archive;

import io.testmesh.plugin.PluginException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads a ZIP archive (PKWARE's APPNOTE 6.3) by its central directory alone. The JDK's readers do
 * not tell what sort of file a member is and take the last of two members of one name; where two
 * readers see two archives, a check by one says nothing about the other.
 */
final class ZipReader {
  private static final int END_SIZE = 22;
  private static final int END = 0x06054b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int UNIX = 3;

  private final Path archive;
  private final Intake intake;
  private final MemberNames names;

  ZipReader(Path archive, Intake intake) {
    this.archive = archive;
    this.intake = intake;
    this.names = new MemberNames(intake);
  }

  private record Member(
      String name,
      byte[] rawName,
      int mode,
      int method,
      long crc,
      long packed,
      long size,
      long offset) {}

  void read() throws PluginException, IOException {
    try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ)) {
      intake.archiveBytes(file.size());
      for (Member member : directory(file)) {
        take(file, member);
      }
    } catch (ZipException damaged) {
      throw Intake.broken(archive, "is damaged");
    }
  }

  private List<Member> directory(FileChannel file) throws PluginException, IOException {
    ByteBuffer tail = bytes(file, Math.max(0, file.size() - END_SIZE - 0xFFFF), -1);
    int end = tail.limit() - END_SIZE;
    while (end >= 0
        && (tail.getInt(end) != END || end + END_SIZE + at(tail, end + 20) != tail.limit())) {
      end--;
    }
    if (end < 0) {
      throw Intake.broken(archive, "is no complete ZIP archive");
    }
    long endOffset = file.size() - tail.limit() + end;
    int count = at(tail, end + 10);
    long size = unsigned(tail, end + 12);
    long offset = unsigned(tail, end + 16);
    if (count == 0xFFFF || offset == 0xFFFFFFFFL) {
      throw Intake.broken(archive, "is written as ZIP64");
    }
    if (offset + size != endOffset || at(tail, end + 8) != count || size > (64 << 20)) {
      throw Intake.broken(archive, "has a directory that does not fit it");
    }
    ByteBuffer directory = bytes(file, offset, (int) size);
    List<Member> members = new ArrayList<>();
    int position = 0;
    for (int i = 0; i < count; i++) {
      if (position + 46 > directory.limit() || directory.getInt(position) != CENTRAL) {
        throw Intake.broken(archive, "has a damaged directory");
      }
      int nameSize = at(directory, position + 28);
      int rest = at(directory, position + 30) + at(directory, position + 32);
      if (position + 46 + nameSize + rest > directory.limit()) {
        throw Intake.broken(archive, "has a damaged directory");
      }
      members.add(member(directory, position, nameSize));
      position += 46 + nameSize + rest;
    }
    if (position != directory.limit()) {
      throw Intake.broken(archive, "has a directory that does not fit it");
    }
    return members;
  }

  private Member member(ByteBuffer directory, int position, int nameSize) throws PluginException {
    byte[] rawName = new byte[nameSize];
    directory.get(position + 46, rawName);
    String name;
    try {
      name =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(rawName))
              .toString();
    } catch (CharacterCodingException other) {
      throw Intake.broken(archive, "holds a name that is not UTF-8");
    }
    if ((at(directory, position + 8) & 1) != 0) {
      throw intake.unsafe(name, "which is encrypted");
    }
    boolean unix = (directory.get(position + 5) & 0xFF) == UNIX;
    int mode = unix ? directory.getInt(position + 38) >>> 16 : 0;
    return new Member(
        name,
        rawName,
        mode,
        at(directory, position + 10),
        unsigned(directory, position + 16),
        unsigned(directory, position + 20),
        unsigned(directory, position + 24),
        unsigned(directory, position + 42));
  }

  private void take(FileChannel file, Member member) throws PluginException, IOException {
    int type = member.mode() & 0xF000;
    boolean isFolder = member.name().endsWith("/");
    if (type != 0 && type != 0x8000 && type != 0x4000) {
      throw intake.unsafe(
          member.name(), type == 0xA000 ? "which is a link" : "which is a pipe, socket or device");
    }
    if (type != 0 && isFolder != (type == 0x4000)) {
      throw intake.unsafe(member.name(), "which is a file and a folder");
    }
    String path = names.check(member.name(), isFolder);
    String left = LeftOut.in(path);
    if (left != null) {
      intake.leaveOut(left, isFolder ? 0 : 1);
    } else if (isFolder && !path.isEmpty()) {
      intake.folder(path);
    } else if (!isFolder) {
      content(file, member, path);
    }
  }

  private void content(FileChannel file, Member member, String path)
      throws PluginException, IOException {
    ByteBuffer local = bytes(file, member.offset(), 30);
    int nameSize = at(local, 26);
    ByteBuffer localName = bytes(file, member.offset() + 30, nameSize);
    byte[] rawName = new byte[nameSize];
    localName.get(0, rawName);
    if (local.getInt(0) != LOCAL
        || !Arrays.equals(rawName, member.rawName())
        || at(local, 8) != member.method()) {
      throw intake.unsafe(member.name(), "whose header says something else than the directory");
    }
    long start = member.offset() + 30 + nameSize + at(local, 28);
    if (start + member.packed() > file.size()) {
      throw Intake.broken(archive, "ends too early");
    }
    if (member.method() != 0 && member.method() != 8) {
      throw intake.unsafe(
          member.name(), "which is packed with method " + member.method() + ", not deflate");
    }
    CRC32 crc = new CRC32();
    Inflater inflater = new Inflater(true);
    long before = intake.bytes();
    try (InputStream raw = new Part(file, start, member.packed());
        InputStream plain =
            member.method() == 0 ? raw : new InflaterInputStream(raw, inflater, 1 << 15);
        InputStream checked = new CheckedInputStream(plain, crc)) {
      intake.file(path, (member.mode() & 0111) != 0, checked);
    } catch (EOFException cut) {
      throw Intake.broken(archive, "ends in the middle of \"" + path + "\"");
    } finally {
      inflater.end();
    }
    if (crc.getValue() != member.crc() || intake.bytes() - before != member.size()) {
      throw Intake.broken(archive, "is damaged: \"" + path + "\" is not what was packed");
    }
  }

  private ByteBuffer bytes(FileChannel file, long offset, int size)
      throws PluginException, IOException {
    long length = size < 0 ? file.size() - offset : size;
    if (offset < 0 || offset + length > file.size()) {
      throw Intake.broken(archive, "ends too early");
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) >= 0) {
      continue;
    }
    if (buffer.hasRemaining()) {
      throw Intake.broken(archive, "ends too early");
    }
    return buffer.flip();
  }

  private static int at(ByteBuffer buffer, int index) {
    return buffer.getShort(index) & 0xFFFF;
  }

  private static long unsigned(ByteBuffer buffer, int index) {
    return buffer.getInt(index) & 0xFFFFFFFFL;
  }

  /** A part of a file as a stream. */
  private static final class Part extends InputStream {
    private final FileChannel file;
    private long position;
    private long left;

    Part(FileChannel file, long position, long size) {
      this.file = file;
      this.position = position;
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
      int wanted = (int) Math.min(length, left);
      int read = file.read(ByteBuffer.wrap(buffer, offset, wanted), position);
      if (read > 0) {
        position += read;
        left -= read;
      }
      return read;
    }
  }
}
