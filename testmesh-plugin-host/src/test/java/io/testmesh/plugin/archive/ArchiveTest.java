package io.testmesh.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.PluginException;
import io.testmesh.plugin.Row;
import io.testmesh.plugin.archive.Archives.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of attackers and of honest people. */
final class ArchiveTest {
  private static final Limits SMALL = new Limits(4 << 20, 50, 200);

  @TempDir private Path folder;
  private Path archive;
  private Path target;

  /** The two formats, which have to keep the same rules. */
  enum Format {
    ZIP,
    TAR_GZ;

    Path write(Path file, List<Member> members) throws IOException {
      return this == ZIP ? Archives.zip(file, members) : Archives.tarGz(file, members);
    }
  }

  @BeforeEach
  void start() {
    archive = folder.resolve("archive");
  }

  /** Into a new folder each time. */
  private PluginSource.Copied copy() throws PluginException, IOException {
    target = Files.createTempDirectory(folder, "target");
    return PluginSource.of(archive).copy(target, SMALL);
  }

  private PluginException refused() {
    PluginException refused = catchThrowableOfType(PluginException.class, this::copy);
    assertThat(refused).isNotNull();
    return refused;
  }

  private static List<Member> with(Member... more) {
    List<Member> members = new ArrayList<>(Archives.plugin("good", "1.0.0", ""));
    members.addAll(List.of(more));
    return members;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      return all.filter(file -> !Files.isDirectory(file))
          .map(file -> target.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void files_folders_and_exec_bits_arrive(Format format) throws Exception {
    String longName = "deep/" + "x".repeat(120) + ".txt";
    byte[] large = new byte[300_000];
    format.write(
        archive,
        with(
            Member.folder("empty/"),
            Member.file("lib/\u00FC\u20AC.txt", "text"),
            Member.file(longName, "long"),
            Member.file("large", noise(large), 0600),
            Member.file("zero", "")));

    PluginSource.Copied copied = copy();

    assertThat(copied.root()).isEqualTo(target);
    assertThat(copied.files()).isEqualTo(6);
    assertThat(files())
        .containsExactly(
            longName, "large", "lib/\u00FC\u20AC.txt", "manifest.json", "server.py", "zero");
    assertThat(target.resolve("empty")).isDirectory();
    assertThat(target.resolve("large")).hasBinaryContent(large);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(target.resolve("server.py"))))
        .isEqualTo("rwxr-xr-x");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("large"))))
        .isEqualTo("rw-r--r--");
  }

  private static byte[] noise(byte[] bytes) {
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @Row("B8")
  @EnumSource(Format.class)
  void setid_bits_are_stripped(Format format) throws Exception {
    format.write(archive, with(Member.file("tool", new byte[] {1}, 06755)));

    copy();

    assertThat(Files.getAttribute(target.resolve("tool"), "unix:mode")).isEqualTo(0x8000 | 0755);
  }

  @ParameterizedTest
  @Row("J6")
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "a\\..\\evil",
        "C:evil",
        "C:/evil",
        "a:b",
        "nul\u0000",
        "bell\u0007",
        "turn\u202Ed",
        "con",
        "lib/COM1.txt",
        "dot.",
        "blank ",
        "a//b",
        "a/./b"
      })
  void names_that_lead_out_or_are_tricks_are_refused_in_both_formats(String name) throws Exception {
    for (Format format : Format.values()) {
      if (format == Format.TAR_GZ && name.indexOf('\0') >= 0) {
        continue; // there the zero is the name's end
      }
      format.write(archive, with(Member.file(name, "evil")));

      PluginException refused = refused();

      assertThat(refused.code()).isEqualTo("ARCHIVE_UNSAFE");
      assertThat(refused.getMessage()).startsWith("the archive holds \"");
      assertThat(folder.resolve("evil")).doesNotExist();
    }
  }

  @ParameterizedTest
  @Row("J6")
  @EnumSource(Format.class)
  void names_that_are_one_file_elsewhere_are_refused(Format format) throws Exception {
    for (List<Member> pair :
        List.of(
            List.of(Member.file("a", "1"), Member.file("a", "2")),
            List.of(Member.file("a", "1"), Member.file("A", "2")),
            List.of(Member.file("lib/a", "1"), Member.file("LIB/b", "2")),
            List.of(Member.file("a", "1"), Member.file("a/b", "2")),
            List.of(Member.file("./a", "1"), Member.file("a", "2")))) {
      format.write(archive, with(pair.toArray(Member[]::new)));

      assertThat(refused().code()).isEqualTo("ARCHIVE_UNSAFE");
    }
  }

  @ParameterizedTest
  @Row("J7")
  @EnumSource(Format.class)
  void links_are_refused(Format format) throws Exception {
    for (String to : List.of("/etc/passwd", "../x", "server.py")) {
      format.write(archive, with(Member.link("link", to)));

      assertThat(refused().code()).isEqualTo("ARCHIVE_UNSAFE");
      assertThat(refused()).hasMessage("the archive holds \"link\", which is a link");
    }
  }

  @ParameterizedTest
  @Row({"B8", "J7"})
  @EnumSource(Format.class)
  void pipes_and_devices_are_refused(Format format) throws Exception {
    format.write(archive, with(Member.special("pipe", 0x1000 | 0644, '6')));

    assertThat(refused().code()).isEqualTo("ARCHIVE_UNSAFE");
  }

  @Test
  @Row("J7")
  void hard_links_are_refused() throws Exception {
    Archives.tarGz(archive, with(new Member("hard", new byte[0], 0644, '1', "/etc/passwd")));

    assertThat(refused()).hasMessage("the archive holds \"hard\", which is a link");
  }

  @ParameterizedTest
  @Row("J8")
  @EnumSource(Format.class)
  void a_bomb_is_stopped_while_it_unpacks(Format format) throws Exception {
    format.write(archive, with(Member.file("bomb", new byte[3 << 20], 0644)));

    assertThat(Files.size(archive)).isLessThan(15_000);
    assertThat(refused().code()).isEqualTo("ARCHIVE_TOO_LARGE");
    assertThat(refused().getMessage()).contains("unpacks to more than 200 times its size (");
  }

  @ParameterizedTest
  @Row("J8")
  @EnumSource(Format.class)
  void the_total_has_a_limit(Format format) throws Exception {
    byte[] half = noise(new byte[2 << 20]);
    format.write(
        archive,
        with(Member.file("a", half, 0644), Member.file("b", noise(new byte[2 << 20]), 0644)));

    assertThat(refused()).hasMessage("the plugin is larger than 4 MiB, after 4 files");
  }

  @ParameterizedTest
  @Row("J8")
  @EnumSource(Format.class)
  void the_number_of_entries_has_a_limit(Format format) throws Exception {
    List<Member> many = with();
    for (int i = 0; i < 60; i++) {
      many.add(Member.file("lib/" + i, ""));
    }
    format.write(archive, many);

    assertThat(refused().code()).isEqualTo("ARCHIVE_TOO_LARGE");
    assertThat(refused())
        .hasMessage(
            "the plugin holds more than 50 files and folders, most of them in \"lib\" (49 so far)");
  }

  @Test
  @Row("J8")
  void what_is_left_out_counts_as_well_when_it_has_to_be_unpacked() throws Exception {
    Archives.tarGz(archive, with(Member.file(".git/pack", new byte[3 << 20], 0644)));

    assertThat(refused().code()).isEqualTo("ARCHIVE_TOO_LARGE");
  }

  @Test
  @Row("J8")
  void sparse_files_are_refused() throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(Archives.pax("GNU.sparse.realsize", "99999999999"));
    Archives.tarMember(tar, Member.file("sparse", "x"));
    Archives.gzip(archive, tar.toByteArray());
    assertThat(refused()).hasMessage("the archive holds \"sparse\", which is a sparse file");

    Archives.gzip(archive, Archives.header("old", 0, 0644, 'S', ""));
    assertThat(refused()).hasMessage("the archive holds \"old\", which is a sparse file");
  }

  @Test
  @Row("J8")
  void an_archive_inside_is_a_file_like_any_other() throws Exception {
    Path inner = Archives.zip(folder.resolve("inner.zip"), with());
    Archives.zip(archive, with(Member.file("inner.zip", Files.readAllBytes(inner), 0644)));

    copy();

    assertThat(files()).containsExactly("inner.zip", "manifest.json", "server.py");
  }

  @Test
  @Row("J9")
  void a_header_that_says_something_else_than_the_directory_is_refused() throws Exception {
    Archives.Zip zip = new Archives.Zip();
    zip.localName = "other.json";
    zip.write(archive, with());

    assertThat(refused())
        .hasMessage(
            "the archive holds \"manifest.json\", whose header says something else than the directory");
  }

  @Test
  @Row("J9")
  void a_wrong_check_sum_is_refused() throws Exception {
    Archives.Zip zip = new Archives.Zip();
    zip.wrongCrc = true;
    zip.write(archive, with());

    assertThat(refused().code()).isEqualTo("ARCHIVE_UNSAFE");
    assertThat(refused())
        .hasMessage(
            "the archive " + archive + " is damaged: \"manifest.json\" is not what was packed");
  }

  @Test
  @Row("J9")
  void a_wrong_size_is_refused() throws Exception {
    Archives.Zip zip = new Archives.Zip();
    zip.sizeLie = 3;
    zip.write(archive, with());

    assertThat(refused().getMessage()).contains("is not what was packed");
  }

  @Test
  @Row("J9")
  void a_zip_that_is_cut_off_encrypted_or_packed_otherwise_is_refused() throws Exception {
    Archives.Zip cut = new Archives.Zip();
    cut.cutAtEnd = 5;
    cut.write(archive, with());
    assertThat(refused()).hasMessage("the archive " + archive + " is no complete ZIP archive");

    Archives.Zip encrypted = new Archives.Zip();
    encrypted.flags = 0x801;
    encrypted.write(archive, with());
    assertThat(refused().getMessage()).endsWith("which is encrypted");

    Archives.Zip other = new Archives.Zip();
    other.method = 12;
    other.write(archive, with());
    assertThat(refused().getMessage()).endsWith("which is packed with method 12, not deflate");

    Files.write(archive, concat(new byte[50], Files.readAllBytes(Archives.zip(archive, with()))));
    Files.write(
        archive, concat("PK\3\4".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(archive)));
    assertThat(refused().getMessage()).endsWith("has a directory that does not fit it");
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  @Test
  void a_stored_member_is_read() throws Exception {
    Archives.Zip stored = new Archives.Zip();
    stored.method = 0;
    stored.write(archive, with());

    assertThat(copy().files()).isEqualTo(2);
  }

  @Test
  @Row("J9")
  void a_tar_that_is_cut_off_or_damaged_is_refused() throws Exception {
    byte[] whole = Files.readAllBytes(Archives.tarGz(archive, with()));
    Files.write(archive, Arrays.copyOf(whole, whole.length - 20));
    assertThat(refused()).hasMessage("the archive " + archive + " ends too early");

    byte[] header = Archives.header("manifest.json", 5, 0644, '0', "");
    header[0] ^= 1;
    Archives.gzip(archive, header);
    assertThat(refused())
        .hasMessage("the archive " + archive + " is damaged, or no tar archive inside of gzip");

    Archives.gzip(archive, Archives.header("manifest.json", 5, 0644, '0', ""));
    assertThat(refused()).hasMessage("the archive " + archive + " ends too early");

    whole[whole.length / 2] ^= 0x55;
    Files.write(archive, whole);
    assertThat(refused().code()).isIn("ARCHIVE_UNSAFE");
  }

  @Test
  void pax_names_are_read() throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (Member member : with()) {
      Archives.tarMember(tar, member);
    }
    tar.writeBytes(Archives.pax("path", "lib/" + "\u20AC".repeat(60) + ".txt"));
    Archives.tarMember(tar, Member.file("short", "x"));
    Archives.tarMember(tar, Member.file("after", "x"));
    tar.writeBytes(new byte[1024]);
    Archives.gzip(archive, tar.toByteArray());

    copy();

    assertThat(files()).contains("after", "lib/" + "\u20AC".repeat(60) + ".txt");
  }

  @Test
  void an_archive_that_tar_made_is_read() throws Exception {
    Path source = Files.createDirectories(folder.resolve("made/plugin"));
    Files.writeString(source.resolve("manifest.json"), "{}");
    Files.writeString(source.resolve("server.py"), "x");
    Process tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder + "/made", "plugin")
            .start();
    assertThat(tar.waitFor()).isZero();

    assertThat(copy().root()).isEqualTo(target.resolve("plugin"));
    assertThat(files()).containsExactly("plugin/manifest.json", "plugin/server.py");
  }

  @ParameterizedTest
  @Row("J10")
  @EnumSource(Format.class)
  void one_folder_at_the_top_is_the_plugin(Format format) throws Exception {
    List<Member> members = new ArrayList<>(Archives.plugin("good", "1.0.0", "good-1.0.0/"));
    members.add(Member.file("__MACOSX/._manifest.json", "x"));
    members.add(Member.file("README.md", "x"));
    format.write(archive, members);

    assertThat(copy().root()).isEqualTo(target.resolve("good-1.0.0"));
  }

  @ParameterizedTest
  @Row("J10")
  @EnumSource(Format.class)
  void no_root_and_several_are_refused(Format format) throws Exception {
    format.write(archive, List.of(Member.file("a/b/manifest.json", "{}")));
    assertThat(refused().code()).isEqualTo("ARCHIVE_LAYOUT");
    assertThat(refused())
        .hasMessage(
            "the archive "
                + archive
                + " holds no manifest.json at its top or in a folder at its top");
    List<Member> two = new ArrayList<>(Archives.plugin("one", "1.0.0", "one/"));
    two.addAll(Archives.plugin("two", "1.0.0", "two/"));
    format.write(archive, two);
    assertThat(refused()).hasMessage("the archive " + archive + " holds several plugins: one, two");
  }

  @ParameterizedTest
  @Row("B9")
  @EnumSource(Format.class)
  void version_control_and_caches_are_left_out_with_numbers(Format format) throws Exception {
    format.write(
        archive,
        with(
            Member.file(".git/config", "x"),
            Member.file(".git/objects/a", "x"),
            Member.file("lib/__pycache__/a.pyc", "x")));

    assertThat(copy().leftOut()).containsExactly(".git (2 files)", "__pycache__ (1 file)");
    assertThat(files()).containsExactly("manifest.json", "server.py");
  }

  @Test
  @Row("B1")
  void other_files_are_no_sources() throws Exception {
    Files.writeString(archive, "just a text");
    assertThat(refused().code()).isEqualTo("SOURCE_INVALID");
    assertThat(refused())
        .hasMessage("the source " + archive + " is neither a folder nor a .zip or .tar.gz archive");

    Files.delete(archive);
    assertThat(refused()).hasMessage("the source " + archive + " does not exist");
  }

  @Test
  @Row("B9")
  void a_huge_folder_is_refused_with_what_makes_it_so() throws Exception {
    Path source = Files.createDirectory(archive);
    Path modules = Files.createDirectory(source.resolve("node_modules"));
    for (int i = 0; i < 60; i++) {
      Files.createFile(modules.resolve("f" + i));
    }

    assertThat(refused().code()).isEqualTo("SOURCE_TOO_LARGE");
    assertThat(refused())
        .hasMessage(
            "the plugin holds more than 50 files and folders, most of them in \"node_modules\" "
                + "(51 so far)");

    Files.write(source.resolve("a"), new byte[5 << 20]);
    assertThat(refused()).hasMessage("the plugin is larger than 4 MiB, after 1 file");
  }
}
