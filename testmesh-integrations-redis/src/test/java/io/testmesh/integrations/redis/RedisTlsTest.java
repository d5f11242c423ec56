package io.testmesh.integrations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Flows;
import io.testmesh.backends.RedisServer;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS on one port and plain text on another one. */
@Timeout(120)
class RedisTlsTest {
  private static RedisServer server;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server =
        RedisServer.startWithTls(
            "--user",
            "al",
            "on",
            ">al-s3cret",
            "~*",
            "&*",
            "+@all",
            "--user",
            "default",
            "off",
            "--bind",
            "127.0.0.1",
            "127.0.0.2");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    flows = RedisFlows.to(folder, server.port());
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private FlowResult get(String connection) {
    return flows.run("{id: s, action: redis.get, config: {key: k, " + connection + "}}");
  }

  private Failure failure(String connection) {
    return get(connection).step("s").failure().orElseThrow();
  }

  private String secured(String host) {
    return "host: " + host + ", port: " + server.tlsPort() + ", username: al, password: al-s3cret";
  }

  @Test
  void a_certificate_that_is_trusted_is_checked_with_the_name_of_the_host() {
    String trusting = ", tls: {ca_file: '" + server.caFile() + "'}";

    assertThat(get(secured("localhost") + trusting).status()).isEqualTo(Status.PASSED);
    assertThat(get(secured("127.0.0.1") + trusting).status()).isEqualTo(Status.PASSED);
    // The same server under a name that its certificate does not have.
    Failure other = failure(secured("127.0.0.2") + trusting);
    assertThat(other.code()).isEqualTo("connection_failed");
    assertThat(other.message()).contains("No subject alternative names matching IP address");
  }

  @Test
  void a_certificate_that_nobody_trusts_ends_the_connection() {
    Failure failure = failure(secured("127.0.0.1") + ", tls: true");

    assertThat(failure.code()).isEqualTo("connection_failed");
    assertThat(failure.message())
        .isEqualTo(
            "cannot connect to Redis at 127.0.0.1:"
                + server.tlsPort()
                + ": unable to find valid certification path to requested target");
    assertThat(get(secured("127.0.0.1") + ", tls: {insecure_skip_verify: true}").status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void the_scheme_of_a_url_can_ask_for_tls() {
    String url = "url: 'rediss://al:al-s3cret@127.0.0.1:" + server.tlsPort() + "'";

    assertThat(get(url + ", tls: {ca_file: '" + server.caFile() + "'}").status())
        .isEqualTo(Status.PASSED);
    assertThat(failure(url).message()).contains("certification path");
  }

  @Test
  void plain_text_on_a_port_that_wants_tls_is_told_and_the_other_way_round() {
    Failure plain = failure(secured("127.0.0.1"));
    assertThat(plain.code()).isEqualTo("connection_failed");
    assertThat(plain.hint())
        .contains("does the server want TLS on that port? then say \"tls: true\"");
    Failure secured =
        failure("host: 127.0.0.1, port: " + server.port() + ", tls: true, connection_timeout: 1s");
    assertThat(secured.code()).isEqualTo("connection_failed");
    assertThat(secured.hint().orElseThrow()).contains("speak");
  }

  @Test
  void wrong_credentials_over_tls_are_told_as_such() {
    Failure failure =
        failure(
            "host: 127.0.0.1, port: "
                + server.tlsPort()
                + ", username: al, password: wrong, tls: {ca_file: '"
                + server.caFile()
                + "'}");

    assertThat(failure.code()).isEqualTo("authentication_failed");
  }

  @Test
  void a_step_whose_time_is_up_is_stopped_over_tls_too() throws Exception {
    FlowResult flow =
        flows.run(
            "{id: s, action: redis.command, timeout: 500ms, config: {command: BLPOP, args: [q, 0], "
                + secured("127.0.0.1")
                + ", tls: {ca_file: '"
                + server.caFile()
                + "'}}}");

    assertThat(flow.step("s").failure().orElseThrow().code()).isEqualTo("timeout");
  }
}
