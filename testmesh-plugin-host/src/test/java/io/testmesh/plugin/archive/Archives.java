package io.testmesh.plugin.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes archives by hand, good and bad ones alike: no library writes what attackers do. */
public final class Archives {
  private Archives() {}

  /** One member of an archive. */
  public record Member(String name, byte[] content, int mode, char tarType, String linkTo) {
    public static Member file(String name, String content) {
      return file(name, content.getBytes(StandardCharsets.UTF_8), 0644);
    }

    public static Member file(String name, byte[] content, int mode) {
      return new Member(name, content, 0x8000 | mode, '0', "");
    }

    public static Member folder(String name) {
      return new Member(name, new byte[0], 0x4000 | 0755, '5', "");
    }

    public static Member link(String name, String to) {
      return new Member(name, to.getBytes(StandardCharsets.UTF_8), 0xA000 | 0777, '2', to);
    }

    /** Of the type that tar has for it. */
    public static Member special(String name, int mode, char tarType) {
      return new Member(name, new byte[0], mode, tarType, "");
    }
  }

  /** A ZIP archive of the members. */
  public static Path zip(Path file, List<Member> members) throws IOException {
    return new Zip().write(file, members);
  }

  /** Writes ZIP archives; fields make it lie. */
  public static final class Zip {
    public String localName = "";
    public boolean wrongCrc;
    public int sizeLie = -1;
    public int method = 8;
    public int flags = 0x800;
    public int cutAtEnd;

    public Path write(Path file, List<Member> members) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream directory = new ByteArrayOutputStream();
      for (Member member : members) {
        byte[] name = member.name().getBytes(StandardCharsets.UTF_8);
        byte[] local = localName.isEmpty() ? name : localName.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(member.content());
        int sum = (int) crc.getValue() + (wrongCrc ? 1 : 0);
        byte[] packed = method == 8 ? deflate(member.content()) : member.content();
        int size = sizeLie < 0 ? member.content().length : sizeLie;
        int offset = out.size();
        ByteBuffer head = little(30);
        head.putInt(0x04034b50).putShort((short) 20).putShort((short) flags);
        head.putShort((short) method).putInt(0).putInt(sum).putInt(packed.length).putInt(size);
        head.putShort((short) local.length).putShort((short) 0);
        out.writeBytes(head.array());
        out.writeBytes(local);
        out.writeBytes(packed);
        ByteBuffer entry = little(46);
        entry.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
        entry.putShort((short) flags).putShort((short) method).putInt(0).putInt(sum);
        entry.putInt(packed.length).putInt(size).putShort((short) name.length);
        entry.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        entry.putInt(member.mode() << 16).putInt(offset);
        directory.writeBytes(entry.array());
        directory.writeBytes(name);
      }
      ByteBuffer end = little(22);
      end.putInt(0x06054b50).putInt(0).putShort((short) members.size());
      end.putShort((short) members.size()).putInt(directory.size()).putInt(out.size());
      out.writeBytes(directory.toByteArray());
      out.writeBytes(end.array());
      byte[] all = out.toByteArray();
      Files.write(file, Arrays.copyOf(all, all.length - cutAtEnd));
      return file;
    }

    private static ByteBuffer little(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] content) {
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      deflater.end();
      return out.toByteArray();
    }
  }

  /** A tar.gz archive of the members. */
  public static Path tarGz(Path file, List<Member> members) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (Member member : members) {
      tarMember(tar, member);
    }
    tar.writeBytes(new byte[1024]);
    return gzip(file, tar.toByteArray());
  }

  public static Path gzip(Path file, byte[] content) throws IOException {
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    }
    return file;
  }

  public static void tarMember(ByteArrayOutputStream tar, Member member) throws IOException {
    byte[] name = member.name().getBytes(StandardCharsets.UTF_8);
    if (name.length > 100) {
      // GNU's way of long names.
      tar.writeBytes(header("././@LongLink", name.length + 1, 0, 'L', ""));
      tar.writeBytes(padded(Arrays.copyOf(name, name.length + 1)));
    }
    boolean content = member.tarType() == '0';
    byte[] bytes = content ? member.content() : new byte[0];
    String shortName = name.length > 100 ? member.name().substring(0, 50) : member.name();
    tar.writeBytes(
        header(shortName, bytes.length, member.mode() & 07777, member.tarType(), member.linkTo()));
    tar.writeBytes(padded(bytes));
  }

  /** A pax header for the next member. */
  public static byte[] pax(String key, String value) throws IOException {
    String record = " " + key + "=" + value + "\n";
    int length = record.getBytes(StandardCharsets.UTF_8).length;
    int total = length + Integer.toString(length + 2).length();
    byte[] bytes = (total + record).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header("PaxHeader", bytes.length, 0, 'x', ""));
    out.writeBytes(padded(bytes));
    return out.toByteArray();
  }

  public static byte[] header(String name, long size, int mode, char type, String link) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, String.format("%07o", mode));
    put(header, 124, String.format("%011o", size));
    put(header, 136, "00000000000");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, String.format("%06o", sum));
    header[154] = 0;
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512);
  }

  /** Manifest and server of a plugin, below a folder such as {@code "good/"}. */
  public static List<Member> plugin(String id, String version, String below) {
    List<Member> members = new ArrayList<>();
    members.add(
        Member.file(
            below + "manifest.json",
            "{\"id\": \""
                + id
                + "\", \"name\": \""
                + id
                + "\", \"version\": \""
                + version
                + "\", \"type\": \"action\", \"entry_point\": \"server.py\"}"));
    members.add(
        Member.file(
            below + "server.py", "print('hello')\n".getBytes(StandardCharsets.UTF_8), 0755));
    return members;
  }
}
