package io.testmesh.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker of one node in KRaft mode. Ends when its standard input does, so that it cannot outlive
 * who started it. Arguments: folder, ports (plain, SASL, TLS, TLS with certificates of clients,
 * controller), key store, its password.
 */
public final class KafkaBroker {
  private KafkaBroker() {}

  /** Runs until the standard input ends. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    String plain = "127.0.0.1:" + args[1];
    KafkaRaftServer broker = new KafkaRaftServer(new KafkaConfig(properties(args)), Time.SYSTEM);
    broker.startup();
    addScramUser(plain);
    Files.writeString(folder.resolve("ready"), plain);
    while (System.in.read() >= 0) {
      // Only its end counts.
    }
    Runtime.getRuntime().halt(0);
  }

  private static Properties properties(String[] args) throws Exception {
    String data = args[0] + "/data";
    String host = "127.0.0.1:";
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + host + args[5]);
    String listeners =
        "PLAIN://"
            + host
            + args[1]
            + ",SASL://"
            + host
            + args[2]
            + ",TLS://"
            + host
            + args[3]
            + ",MUTUAL://"
            + host
            + args[4];
    properties.put("listeners", listeners + ",CONTROL://" + host + args[5]);
    properties.put("advertised.listeners", listeners);
    properties.put(
        "listener.security.protocol.map",
        "PLAIN:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SSL,MUTUAL:SSL,CONTROL:PLAINTEXT");
    properties.put("controller.listener.names", "CONTROL");
    properties.put("inter.broker.listener.name", "PLAIN");
    properties.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,OAUTHBEARER");
    String module = "org.apache.kafka.common.security.";
    properties.put(
        "listener.name.sasl.plain.sasl.jaas.config",
        module
            + "plain.PlainLoginModule required user_"
            + KafkaServer.USER
            + "=\""
            + KafkaServer.PASSWORD
            + "\";");
    properties.put(
        "listener.name.sasl.scram-sha-256.sasl.jaas.config",
        module + "scram.ScramLoginModule required;");
    // Takes tokens that nobody signed.
    properties.put(
        "listener.name.sasl.oauthbearer.sasl.jaas.config",
        module
            + "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"x\";");
    properties.put("listener.name.mutual.ssl.client.auth", "required");
    for (String store : List.of("keystore", "truststore")) {
      properties.put("ssl." + store + ".type", "PKCS12");
      properties.put("ssl." + store + ".location", args[6]);
      properties.put("ssl." + store + ".password", args[7]);
    }
    properties.put("log.dirs", data);
    for (String one :
        List.of(
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "offsets.topic.num.partitions",
            "transaction.state.log.num.partitions",
            "share.coordinator.state.topic.replication.factor",
            "share.coordinator.state.topic.min.isr",
            "share.coordinator.state.topic.num.partitions")) {
      properties.put(one, "1");
    }
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("auto.create.topics.enable", "false");
    if (!Files.exists(Path.of(data, "meta.properties"))) {
      format(data);
    }
    return properties;
  }

  private static void format(String data) throws Exception {
    Files.createDirectories(Path.of(data));
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .addDirectory(data)
        .setMetadataLogDirectory(data)
        .setControllerListenerName("CONTROL")
        .setPrintStream(System.err)
        .run();
  }

  private static void addScramUser(String address)
      throws IOException, InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      KafkaServer.SCRAM_USER,
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                      KafkaServer.SCRAM_PASSWORD)))
          .all()
          .get();
    }
  }
}
