package io.testmesh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpoolTest {
  @Test
  void every_part_can_be_read_whether_it_is_in_memory_in_the_file_or_in_both() throws IOException {
    byte[] bytes = new byte[100];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    for (int size = 1; size <= 101; size += 9) {
      try (Spool spool = new Spool(1 + size % 4, size)) {
        spool.write(bytes, 0, 50);
        spool.clear();
        assertThat(spool.size()).isZero();
        spool.write(bytes, 0, 33);
        spool.write(bytes, 33, 67);
        assertThat(spool.size()).isEqualTo(100);
        for (int from = 0; from < 100; from += 7) {
          for (int to = from; to <= 100; to += 5) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            spool.copy(from, to - from, out);
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
          }
        }
      }
    }
  }
}
