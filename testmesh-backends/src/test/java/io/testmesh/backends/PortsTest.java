package io.testmesh.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void ports_beside_one_are_all_different() throws Exception {
    for (int i = 0; i < 200; i++) {
      int port = Ports.closed();
      int[] ports = Ports.beside(port, 4);

      assertThat(ports).hasSize(5).startsWith(port);
      assertThat(Arrays.stream(ports).distinct()).hasSize(5).doesNotContain(0);
    }
  }
}
