package io.testmesh.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RedisServerTest {

  @Test
  void a_server_starts_again_empty_and_leaves_nothing_when_it_is_closed() throws Exception {
    NewProcesses started = new NewProcesses();
    RedisServer server = RedisServer.startWithTls("--requirepass", "secret");
    Path folder = server.caFile().getParent();
    assertThat(server.ask("PING")).asString().startsWith("NOAUTH");
    assertThat(server.askAs("secret", "RPUSH", "k", "ä", "b")).isEqualTo(2L);
    assertThat(server.askAs("secret", "LRANGE", "k", "0", "-1")).isEqualTo(List.of("ä", "b"));
    try (Socket tls = new Socket(RedisServer.HOST, server.tlsPort())) {
      assertThat(tls.isConnected()).isTrue();
    }
    server.kill();
    server.restart();
    assertThat(server.askAs("secret", "GET", "k")).isNull();
    server.close();

    assertThat(Files.exists(folder)).isFalse();
    started.awaitNone();
  }

  @Test
  void a_proxy_cuts_and_holds_what_it_passes_on() throws Exception {
    try (RedisServer server = RedisServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.port())) {
      try (RedisTalk talk = new RedisTalk(proxy.port())) {
        assertThat(talk.ask(List.of("PING"))).isEqualTo("PONG");
        proxy.cutAnswersAfter(3);
        assertThat(failure(talk)).isNotNull();
      }
      proxy.heal();
      try (RedisTalk talk = new RedisTalk(proxy.port())) {
        assertThat(talk.ask(List.of("PING"))).isEqualTo("PONG");
      }
    }
  }

  private static IOException failure(RedisTalk talk) {
    try {
      talk.ask(List.of("PING"));
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
