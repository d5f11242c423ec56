package io.testmesh.integrations.redis;

import io.testmesh.integrations.common.JsonLike;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** From the answers of a server to the values of a result, for both versions of the protocol. */
final class Replies {
  private Replies() {}

  /**
   * The value of an answer: text, or base64 where the bytes are no UTF-8; numbers, booleans, null;
   * lists; maps where the server gives one.
   */
  static @Nullable Object value(@Nullable Object answer) {
    if (answer instanceof byte[] bytes) {
      return text(bytes);
    }
    if (answer instanceof List<?> items) {
      if (!items.isEmpty() && items.get(0) instanceof Map.Entry<?, ?>) {
        return map(items);
      }
      List<@Nullable Object> values = new ArrayList<>(items.size());
      for (Object item : items) {
        values.add(value(item));
      }
      return values;
    }
    if (answer instanceof JedisDataException refusal) {
      return String.valueOf(refusal.getMessage());
    }
    return JsonLike.of(answer);
  }

  /** The map of an answer: pairs, or keys and values in turns, as older servers give them. */
  static Map<String, @Nullable Object> map(@Nullable Object answer) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> pair : pairs(answer)) {
      map.put(String.valueOf(value(pair.getKey())), value(pair.getValue()));
    }
    return map;
  }

  /** The pairs of an answer: of a map, of a list of lists of two, or of items in turns. */
  static List<Map.Entry<@Nullable Object, @Nullable Object>> pairs(@Nullable Object answer) {
    List<Map.Entry<@Nullable Object, @Nullable Object>> pairs = new ArrayList<>();
    if (!(answer instanceof List<?> items)) {
      return pairs;
    }
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (item instanceof Map.Entry<?, ?> entry) {
        pairs.add(pair(entry.getKey(), entry.getValue()));
      } else if (item instanceof List<?> two && two.size() == 2) {
        pairs.add(pair(two.get(0), two.get(1)));
      } else if (i + 1 < items.size()) {
        i++;
        pairs.add(pair(item, items.get(i)));
      }
    }
    return pairs;
  }

  private static Map.Entry<@Nullable Object, @Nullable Object> pair(
      @Nullable Object key, @Nullable Object value) {
    return new java.util.AbstractMap.SimpleImmutableEntry<>(key, value);
  }

  /** The text that the bytes are in UTF-8; base64 where they are none. */
  static String text(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return decoded(bytes);
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }
}
