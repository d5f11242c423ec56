package io.testmesh.integrations.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.action.ActionException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, TLS keys, words for connections that fail, and values of client libraries. */
class SharedPartsTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost, 9092, localhost:9092",
    "' kafka-1:19092 ', kafka-1, 19092, kafka-1:19092",
    "[::1]:7000, ::1, 7000, [::1]:7000",
    "[::1], ::1, 9092, [::1]:9092",
    "fe80::2, fe80::2, 9092, [fe80::2]:9092"
  })
  void an_address_has_a_host_and_a_port(String text, String host, int port, String shown)
      throws ActionException {
    ServerAddress address = ServerAddress.parse(text, 9092, "brokers");

    assertThat(address).isEqualTo(new ServerAddress(host, port)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":9092", "host:", "host:x", "host:0", "host:65536", "a b:1", "x/y:1"})
  void what_is_no_address_is_told_with_its_key(String text) {
    assertThatThrownBy(() -> ServerAddress.parse(text, 9092, "brokers"))
        .isInstanceOf(ActionException.class)
        .hasMessage("\"brokers\" wants a host and a port, got \"" + text + "\"");
  }

  @Test
  void several_addresses_are_a_list_or_a_text_with_commas() throws ActionException {
    List<ServerAddress> two = List.of(new ServerAddress("a", 1), new ServerAddress("b", 9092));

    assertThat(ServerAddress.parseList("a:1, b", 9092, "brokers")).isEqualTo(two);
    assertThat(ServerAddress.parseList(List.of("a:1", "b"), 9092, "brokers")).isEqualTo(two);
    assertThatThrownBy(() -> ServerAddress.parseList(List.of(), 9092, "brokers"))
        .hasMessage("\"brokers\" wants at least one host and port");
    assertThatThrownBy(() -> ServerAddress.parseList("a,", 9092, "brokers"))
        .hasMessageContaining("got \"\"");
  }

  @Test
  void tls_is_off_on_or_has_files() {
    Path folder = Path.of("flows");

    assertThat(TlsKeys.read(null, folder::resolve)).isNull();
    assertThat(TlsKeys.read(false, folder::resolve)).isNull();
    assertThat(TlsKeys.read(true, folder::resolve)).isEqualTo(TlsSettings.DEFAULT);
    assertThat(
            TlsKeys.read(
                Map.of("ca_file", "ca.pem", "insecure_skip_verify", true), folder::resolve))
        .isEqualTo(new TlsSettings(false, folder.resolve("ca.pem"), null, null));
  }

  @Test
  void a_server_that_is_not_there_is_told_with_its_address() {
    ServerAddress address = new ServerAddress("127.0.0.1", 6379);

    ActionException closed =
        ConnectionErrors.unreachable(
            "Redis",
            address,
            new IllegalStateException("pool", new ConnectException("Connection refused")));
    ActionException unknown =
        ConnectionErrors.unreachable("Redis", "cahce:1", new UnknownHostException("cahce"));

    assertThat(closed).hasMessage("cannot connect to Redis at 127.0.0.1:6379: connection refused");
    assertThat(closed.code()).isEqualTo(ActionException.CONNECTION_FAILED);
    assertThat(closed.hint()).contains("is Redis running, and do host and port fit?");
    assertThat(unknown).hasMessage("cannot connect to Redis at cahce:1: no such host");
    assertThat(unknown.hint()).contains("check the spelling of the host");
    assertThat(ConnectionErrors.why(null)).isEqualTo("no reason was given");
  }

  @Test
  void refused_credentials_have_a_code_of_their_own() {
    ActionException refused = ConnectionErrors.refused("Redis", "h:1", "WRONGPASS", null);

    assertThat(refused.code()).isEqualTo(ActionException.AUTHENTICATION_FAILED);
    assertThat(refused).hasMessage("Redis at h:1 refuses the credentials: WRONGPASS");
  }

  @Test
  void values_of_clients_keep_their_value() {
    UUID id = UUID.randomUUID();
    BigInteger wide = new BigInteger("9223372036854775808");

    assertThat(JsonLike.of(7)).isEqualTo(7L);
    assertThat(JsonLike.of(0.1f)).isEqualTo(0.1);
    assertThat(JsonLike.of(BigInteger.TEN)).isEqualTo(10L);
    assertThat(JsonLike.of(wide)).isEqualTo(wide);
    assertThat(JsonLike.of(new BigDecimal("10.50"))).isEqualTo(new BigDecimal("10.50"));
    assertThat(JsonLike.of(Double.NaN)).isEqualTo("NaN");
    assertThat(JsonLike.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
    assertThat(JsonLike.of(new byte[] {1, 2})).isEqualTo("AQI=");
    assertThat(JsonLike.of(id)).isEqualTo(id.toString());
    assertThat(JsonLike.of(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(JsonLike.of(LocalDate.of(2026, 2, 3))).isEqualTo("2026-02-03");
    assertThat(JsonLike.of(Duration.ofMinutes(90))).isEqualTo("PT1H30M");
    assertThat(JsonLike.of(Map.of(1, Arrays.asList(null, new Integer[] {2}))))
        .isEqualTo(Map.of("1", Arrays.asList(null, List.of(2L))));
  }
}
