package io.testmesh.backends.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Neo4jServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class Neo4jServerTest {
  @Test
  void a_server_answers_and_leaves_no_port_when_it_is_closed() throws Exception {
    Neo4jServer server = Neo4jServer.start();
    URI url = URI.create(server.url());
    assertThat(listens(url)).isTrue();

    server.close();

    assertThat(listens(url)).isFalse();
  }

  private static boolean listens(URI url) {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
