package io.testmesh.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class KafkaServerTest {

  @Test
  void a_broker_keeps_its_topics_when_it_is_killed_and_leaves_nothing_when_it_is_closed()
      throws Exception {
    NewProcesses started = new NewProcesses();
    KafkaServer server = KafkaServer.start();
    Path folder = server.caFile().getParent();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.brokers()))) {
      admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1))).all().get();
      server.kill();
      server.restart();
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS)).contains("orders");
    }
    for (String address : List.of(server.saslBrokers(), server.tlsBrokers())) {
      try (Socket socket = new Socket()) {
        String[] parts = address.split(":");
        socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), 5_000);
      }
    }
    server.close();

    assertThat(Files.exists(folder)).isFalse();
    started.awaitNone();
  }
}
