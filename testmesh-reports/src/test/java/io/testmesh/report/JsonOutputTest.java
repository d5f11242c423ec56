package io.testmesh.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
  private final Random random = new Random(7);

  @Test
  void any_text_is_written_as_jackson_writes_it() throws IOException {
    for (int i = 0; i < 3000; i++) {
      String text = text(random.nextInt(i % 10 == 0 ? 3000 : 40));

      assertThat(written(text)).isEqualTo(byJackson(text));
    }
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int kind = random.nextInt(6);
      int bound = kind < 3 ? 0x80 : kind == 3 ? 0x800 : kind == 4 ? 0xD800 : 0x110000;
      int point = random.nextInt(bound);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  private static String byJackson(String text) throws IOException {
    StringWriter writer = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(writer)) {
      generator.writeString(text);
    }
    return writer.toString();
  }

  @Test
  void a_text_that_may_stand_in_a_script_reads_back_and_has_no_markup() throws IOException {
    for (int i = 0; i < 500; i++) {
      String text = text(50) + "</script>\u2028&\u2029";
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JsonOutput to = JsonOutput.toScript(bytes);
      to.raw("[");
      to.field("a", text);
      to.flush();
      String json = bytes.toString(StandardCharsets.UTF_8).substring("[\"a\":".length());

      assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
      try (JsonParser parser = new JsonFactory().createParser(json)) {
        parser.nextToken();
        assertThat(parser.getText()).isEqualTo(text);
      }
    }
  }

  @Test
  void decimals_are_written_as_java_writes_them() throws IOException {
    for (double number : new double[] {0.0, -0.0, 1.0, 0.01, 0.1, 19.99, 1e7, 9999999.99, 1e-3}) {
      assertThat(written(number)).isEqualTo(Double.toString(number));
      assertThat(written(-number)).isEqualTo(Double.toString(-number));
    }
    for (int i = 0; i < 5000; i++) {
      double amount = random.nextInt(1_200_000_000) / 100.0;
      double any = Double.longBitsToDouble(random.nextLong());
      assertThat(written(amount)).isEqualTo(Double.toString(amount));
      assertThat(written(Math.nextUp(amount))).isEqualTo(Double.toString(Math.nextUp(amount)));
      if (Double.isFinite(any)) {
        assertThat(written(any)).isEqualTo(Double.toString(any));
      }
    }
    assertThat(written(Double.NaN)).isEqualTo("\"NaN\"");
  }

  @Test
  void whole_numbers_are_written_with_all_their_digits() throws IOException {
    for (long number = 1; number > 0 && number < Long.MAX_VALUE / 10; number *= 10) {
      for (long near : new long[] {number - 1, number, number + 1, -number}) {
        assertThat(written(near)).isEqualTo(Long.toString(near));
      }
    }
    assertThat(written(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(written(new BigInteger("12345678901234567890"))).isEqualTo("12345678901234567890");
    assertThat(written(new BigDecimal("1E+400"))).isEqualTo("1E+400");
  }

  @Test
  void commas_stand_between_values_and_nowhere_else() throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("list", Arrays.asList(1L, null, List.of(), Map.of(), "x", true));
    map.put("empty", Map.of());
    map.put("deep", List.of(List.of(List.of(1L), List.of(2L))));

    assertThat(written(map))
        .isEqualTo("{\"list\":[1,null,[],{},\"x\",true],\"empty\":{},\"deep\":[[[1],[2]]]}");
  }

  @Test
  void times_are_rounded_to_milliseconds() throws IOException {
    JsonOutput to = JsonOutput.inMemory();
    to.millis("a", Duration.ofNanos(70_499_999));
    to.millis("b", Duration.ofNanos(70_500_000));
    to.millis("c", Duration.ofSeconds(61, 999_999_999));
    to.instant("d", Instant.parse("2026-01-31T10:00:00.007999Z"));
    to.instant("e", Instant.parse("2026-01-31T10:00:00.12Z"));
    to.instant("f", Instant.parse("2026-02-01T00:00:01Z"));
    to.instant("g", Instant.EPOCH);

    assertThat(new String(to.copy(), StandardCharsets.UTF_8))
        .isEqualTo(
            "\"a\":70,\"b\":71,\"c\":62000,\"d\":\"2026-01-31T10:00:00.007Z\","
                + "\"e\":\"2026-01-31T10:00:00.120Z\",\"f\":\"2026-02-01T00:00:01.000Z\","
                + "\"g\":null");
  }

  @Test
  void what_does_not_fit_into_memory_goes_on_to_the_stream_in_order() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOutput to = JsonOutput.to(bytes);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      String text = "ä".repeat(i % 70);
      to.field("k", text);
      expected.append(i == 0 ? "" : ",").append("\"k\":\"").append(text).append('"');
    }
    to.flush();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
  }

  private static String written(@Nullable Object value) throws IOException {
    JsonOutput to = JsonOutput.inMemory();
    to.field("a", value);
    return new String(to.copy(), StandardCharsets.UTF_8).substring("\"a\":".length());
  }
}
