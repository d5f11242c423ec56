package io.testmesh.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import io.testmesh.plugin.registry.OutputLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From bytes to lines, to the tail and the kept log. */
final class OutputTest {
  @TempDir private Path folder;

  private static List<String> lines(byte[]... pieces) {
    List<String> lines = new ArrayList<>();
    LineAssembler assembler = new LineAssembler(lines::add);
    for (byte[] piece : pieces) {
      assembler.add(piece, piece.length);
    }
    assembler.end();
    return lines;
  }

  private static List<String> lines(String... pieces) {
    byte[][] bytes = new byte[pieces.length][];
    for (int i = 0; i < pieces.length; i++) {
      bytes[i] = pieces[i].getBytes(StandardCharsets.UTF_8);
    }
    return lines(bytes);
  }

  @Test
  @Row({"E2", "O14"})
  void lines_do_not_depend_on_how_they_come() {
    assertThat(lines("one\ntw", "o\n\nthr", "ee")).containsExactly("one", "two", "", "three");
  }

  @Test
  @Row("E2")
  void a_line_without_end_is_cut_and_reading_goes_on() {
    List<String> lines = lines("x".repeat(150_000) + "\nafter\n");

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).hasSize(LineAssembler.LONGEST + LineAssembler.CONTINUED.length());
    assertThat(lines.get(0)).endsWith(" (continued)");
    assertThat(lines.get(2)).hasSize(150_000 - 2 * LineAssembler.LONGEST);
    assertThat(lines.get(3)).isEqualTo("after");
  }

  @Test
  @Row("E2")
  void a_line_that_is_just_as_long_as_is_read_is_one() {
    assertThat(lines("x".repeat(LineAssembler.LONGEST) + "\nafter")).hasSize(2);
  }

  @Test
  @Row("E2")
  void no_character_is_cut_in_two() {
    List<String> lines = lines("x" + "€".repeat(40_000) + "\n");

    assertThat(String.join("", lines)).doesNotContain("\ufffd");
  }

  @Test
  @Row("E4")
  void what_is_no_text_becomes_one() {
    assertThat(lines(new byte[] {'a', (byte) 0xff, 'b', '\n'})).containsExactly("a\ufffdb");
    assertThat(lines("10%\r50%\r100%\r\n")).containsExactly("100%");
    assertThat(lines("\u001b[1;31mred\u001b[0m \u001b]0;title\u0007x\ty\u0000\u202e\n"))
        .containsExactly("red x y");
  }

  @Test
  @Row("E4")
  void characters_that_are_split_between_reads_stay_whole() {
    byte[] euro = "€\n".getBytes(StandardCharsets.UTF_8);

    assertThat(lines(new byte[] {euro[0]}, new byte[] {euro[1]}, new byte[] {euro[2], euro[3]}))
        .containsExactly("€");
  }

  @Test
  void the_tail_has_twenty_lines_of_500_characters() {
    OutputTail tail = new OutputTail();
    for (int i = 1; i <= 30; i++) {
      tail.add(i + "x".repeat(600));
    }

    assertThat(tail.lines()).hasSize(20).allMatch(line -> line.length() == 501);
    assertThat(tail.lines().get(0)).startsWith("11x");
  }

  @Test
  @Row({"E3", "E5"})
  void a_flood_is_counted_and_not_kept() {
    PluginLog log = new PluginLog(folder, "rogue");
    OutputTail tail = new OutputTail();
    byte[] flood = "line\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    new OutputReader(new ByteArrayInputStream(flood), PluginLog.STDERR, tail, log).run();

    List<OutputLine> kept = log.last(100_000);
    assertThat(kept.size()).isLessThan(20_000);
    assertThat(kept.get(0).stream()).isEqualTo("stderr");
    long dropped = 0;
    long lines = 0;
    for (OutputLine line : kept) {
      if (line.stream().equals("host")) {
        assertThat(line.text()).endsWith(" more lines on stderr came too fast and are not kept");
        dropped += Long.parseLong(line.text().split(" ")[0]);
      } else {
        lines++;
      }
    }
    assertThat(lines + dropped).isEqualTo(50_000);
    assertThat(tail.lines()).hasSize(20);
  }

  @Test
  void the_log_is_for_its_owner_and_survives_the_host() throws IOException {
    new PluginLog(folder.resolve("logs"), "rogue").note("one\ntwo");

    List<OutputLine> lines = new PluginLog(folder.resolve("logs"), "rogue").last(10);

    assertThat(lines).singleElement().extracting(OutputLine::text).isEqualTo("one\\ntwo");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("logs/rogue.log"))))
        .isEqualTo("rw-------");
  }

  @Test
  @Row("E3")
  void the_log_does_not_grow_without_bound() throws IOException {
    PluginLog log = new PluginLog(folder, "rogue");
    for (int i = 0; i < 60; i++) {
      log.note("x".repeat(50_000));
    }

    assertThat(Files.size(folder.resolve("rogue.log"))).isLessThan(1_100_000);
    assertThat(Files.size(folder.resolve("rogue.log.1"))).isLessThan(1_100_000);
    assertThat(log.last(5)).hasSize(5);
  }

  @Test
  @Row("H4")
  void where_nothing_can_be_written_the_last_lines_are_kept_in_memory() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    PluginLog log = new PluginLog(file.resolve("logs"), "rogue");

    log.note("one");
    log.note("two");

    assertThat(log.last(10)).extracting(OutputLine::text).containsExactly("one", "two");
  }
}
