package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.integrations.common.Values;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** From the values of a flow to the bytes of a message, and back. */
final class Payloads {
  static final String JSON = "json";
  static final String TEXT = "text";
  static final String BASE64 = "base64";

  private final JsonFormat json;

  Payloads(JsonFormat json) {
    this.json = json;
  }

  /**
   * The bytes of a value: a text as it is, anything else as JSON, unless a format says otherwise.
   *
   * @param format {@code json}, {@code text}, {@code base64}, or null
   * @return null for null, which deletes the key from a compacted topic
   */
  byte @Nullable [] bytes(@Nullable Object value, @Nullable String format, String key)
      throws ActionException {
    if (value == null) {
      return null;
    }
    if (BASE64.equals(format)) {
      try {
        return Base64.getDecoder().decode(Values.text(value, key).strip());
      } catch (IllegalArgumentException e) {
        throw new ActionException(
            ActionException.INVALID_VALUE, "\"" + key + "\" is no base64: " + e.getMessage(), e);
      }
    }
    boolean plain = value instanceof String && !JSON.equals(format);
    String text =
        plain
            ? value.toString()
            : TEXT.equals(format) ? Values.text(value, key) : json.render(value);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A message as a result holds it. */
  Map<String, @Nullable Object> message(
      ConsumerRecord<byte[], byte[]> message, @Nullable String format) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("topic", message.topic());
    values.put("partition", (long) message.partition());
    values.put("offset", message.offset());
    values.put("key", shown(message.key()));
    byte[] bytes = message.value();
    String text = bytes == null ? null : text(bytes);
    Object parsed = null;
    boolean isJson = false;
    if (text != null && !TEXT.equals(format) && !BASE64.equals(format)) {
      try {
        parsed = json.parse(text);
        isJson = true;
      } catch (ActionException e) {
        // A text is a message too.
        isJson = false;
      }
    }
    values.put(
        "value",
        BASE64.equals(format) && bytes != null
            ? Base64.getEncoder().encodeToString(bytes)
            : isJson ? parsed : shown(bytes));
    values.put("text", text);
    values.put("json", parsed);
    values.put("headers", headers(message));
    values.put("timestamp", Instant.ofEpochMilli(message.timestamp()).toString());
    return values;
  }

  private static Map<String, @Nullable Object> headers(ConsumerRecord<byte[], byte[]> message) {
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    for (Header header : message.headers()) {
      Object value = shown(header.value());
      if (headers.containsKey(header.key())) {
        List<@Nullable Object> all = new ArrayList<>();
        Object before = headers.get(header.key());
        if (before instanceof List<?> several) {
          all.addAll(several);
        } else {
          all.add(before);
        }
        all.add(value);
        headers.put(header.key(), all);
      } else {
        headers.put(header.key(), value);
      }
    }
    return headers;
  }

  /** UTF-8 as text, other bytes as base64. */
  private static @Nullable String shown(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    String text = text(bytes);
    return text == null ? Base64.getEncoder().encodeToString(bytes) : text;
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
