package io.testmesh.plugin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.plugin.Lab;
import io.testmesh.plugin.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON on the wire. */
final class JsonBytesTest {
  private final JsonBytes json = new JsonBytes();

  private Object read(String text) throws JsonBytes.Fault {
    return json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonBytes.Fault fault(byte[] bytes) {
    return catchThrowableOfType(JsonBytes.Fault.class, () -> json.read(bytes));
  }

  private String write(Object value) {
    return new String(json.write(value), StandardCharsets.UTF_8);
  }

  @Test
  @Row("D16")
  void numbers_keep_their_digits() throws Exception {
    assertThat(read("7")).isEqualTo(7L);
    assertThat(read("9007199254740993")).isEqualTo(9007199254740993L);
    assertThat(read("12345678901234567890")).isEqualTo(new BigInteger("12345678901234567890"));
    assertThat(read("2.5")).isEqualTo(2.5);
    assertThat(read("1732586400.1234567")).isEqualTo(1732586400.1234567);
    assertThat(read("0.1000000000000000055511151231257827")).isInstanceOf(BigDecimal.class);
    assertThat(read("0.10000000000000001")).isInstanceOf(BigDecimal.class);
    assertThat(read("1e999")).isEqualTo(new BigDecimal("1e999"));
    assertThat(read("1e-999")).isInstanceOf(BigDecimal.class);
    assertThat(fault(("1" + "0".repeat(20_000)).getBytes(StandardCharsets.UTF_8))).isNotNull();
  }

  @Test
  void what_is_written_is_read_as_the_same() throws Exception {
    Map<String, Object> value =
        Lab.map(
            "n",
            7L,
            "big",
            new BigInteger("12345678901234567890"),
            "d",
            0.5,
            "e",
            new BigDecimal("1e999"),
            "t",
            "ü€😀\u0000\"",
            "none",
            null,
            "list",
            java.util.List.of(1L, true));

    assertThat(read(write(value))).isEqualTo(value);
  }

  @Test
  void half_a_character_is_written_as_an_escape() {
    assertThat(write(Map.of("t", "\ud83d"))).isEqualToIgnoringCase("{\"t\":\"\\uD83D\"}");
  }

  @Test
  void what_json_cannot_say_is_null() {
    assertThat(write(java.util.Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY)))
        .isEqualTo("[null,null]");
  }

  @Test
  @Row("D18")
  void utf_8_alone_is_read_and_a_mark_is_passed_over() throws Exception {
    assertThat(read("\ufeff{}")).isEqualTo(Map.of());
    assertThat(fault("{}".getBytes(StandardCharsets.UTF_16))).isNotNull();
    assertThat(fault("{}".getBytes(StandardCharsets.UTF_16LE))).isNotNull();
    assertThat(fault(new byte[] {'"', (byte) 0xff, '"'})).isNotNull();
  }

  @Test
  @Row({"D15", "D16"})
  void faults_have_a_place() {
    assertThat(fault("{\"a\": 1,}".getBytes(StandardCharsets.UTF_8)).offset()).isBetween(7, 9);
    assertThat(fault("{\"a\": 1, \"a\": 2}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("Duplicate");
    assertThat(fault("".getBytes(StandardCharsets.UTF_8))).hasMessage("the body is empty");
    assertThat(fault("{\"a\": nul".getBytes(StandardCharsets.UTF_8))).isNotNull();
  }
}
