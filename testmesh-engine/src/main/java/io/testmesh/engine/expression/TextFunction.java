package io.testmesh.engine.expression;

import io.testmesh.action.ActionException;
import io.testmesh.engine.value.JsonText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of texts. */
final class TextFunction extends Function {
  private static final int MOST_REPEATS = 1_000_000;

  TextFunction(String name, int least, int most) {
    super(name, least, most);
  }

  @Override
  @Nullable Object call(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    if (name.equals("toJSON")) {
      return made(e, at, PrettyJson.render(at, arguments[0]));
    }
    if (name.equals("join")) {
      return join(e, at, arguments);
    }
    if (name.equals("toBase64") && arguments[0] instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    String text = text(at, arguments, 0);
    e.step(at, 1 + text.length() / 16);
    return switch (name) {
      case "upper" -> made(e, at, Texts.upper(text));
      case "lower" -> made(e, at, Texts.lower(text));
      case "trim" ->
          arguments.length == 1 ? Texts.trim(text) : Texts.trim(text, text(at, arguments, 1));
      case "trimPrefix" -> {
        String prefix = arguments.length == 1 ? " " : text(at, arguments, 1);
        yield text.startsWith(prefix) ? text.substring(prefix.length()) : text;
      }
      case "trimSuffix" -> {
        String suffix = arguments.length == 1 ? " " : text(at, arguments, 1);
        yield text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
      }
      case "split", "splitAfter" -> split(e, at, arguments, text);
      case "replace" -> replace(e, at, arguments, text);
      case "repeat" -> repeat(e, at, arguments, text);
      case "indexOf" -> position(text, text.indexOf(text(at, arguments, 1)));
      case "lastIndexOf" -> position(text, text.lastIndexOf(text(at, arguments, 1)));
      case "hasPrefix" -> text.startsWith(text(at, arguments, 1));
      case "hasSuffix" -> text.endsWith(text(at, arguments, 1));
      case "toBase64" -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      case "fromBase64" -> fromBase64(at, text);
      default -> fromJson(at, text);
    };
  }

  private static String made(Evaluation e, Call at, String text) throws ExpressionException {
    e.characters(at, text.length());
    return text;
  }

  private static long position(String text, int index) {
    return index < 0 ? index : text.codePointCount(0, index);
  }

  private String join(Evaluation e, Call at, @Nullable Object[] arguments)
      throws ExpressionException {
    List<?> items = list(at, arguments, 0);
    String glue = arguments.length == 1 ? "" : text(at, arguments, 1);
    StringBuilder joined = new StringBuilder();
    int count = 0;
    for (Object item : items) {
      if (!(item instanceof String text)) {
        throw at.argument(0)
            .failure("join wants a list of texts, got " + Words.of(item) + " in it");
      }
      joined.append(count++ == 0 ? "" : glue).append(text);
      e.characters(at, (long) text.length() + glue.length());
    }
    return joined.toString();
  }

  private List<Object> split(Evaluation e, Call at, @Nullable Object[] arguments, String text)
      throws ExpressionException {
    String separator = text(at, arguments, 1);
    long most = arguments.length == 2 ? -1 : whole(at, arguments, 2);
    if (most < 0) {
      most = Long.MAX_VALUE;
    }
    List<Object> parts = new ArrayList<>();
    boolean after = name.equals("splitAfter");
    int from = 0;
    while (most > 0) {
      int next =
          separator.isEmpty()
              ? from < text.length() ? text.offsetByCodePoints(from, 1) : -1
              : text.indexOf(separator, from);
      boolean last =
          next < 0 || parts.size() + 1 >= most || separator.isEmpty() && next >= text.length();
      if (last) {
        if (!separator.isEmpty() || from < text.length()) {
          parts.add(text.substring(from));
        }
        break;
      }
      parts.add(text.substring(from, after ? next + separator.length() : next));
      from = next + separator.length();
      e.items(at, 1);
    }
    return Collections.unmodifiableList(parts);
  }

  private String replace(Evaluation e, Call at, @Nullable Object[] arguments, String text)
      throws ExpressionException {
    String old = text(at, arguments, 1);
    String now = text(at, arguments, 2);
    long left = arguments.length == 3 ? -1 : whole(at, arguments, 3);
    StringBuilder result = new StringBuilder();
    int from = 0;
    while (left != 0) {
      int next = text.indexOf(old, from);
      if (next < 0) {
        break;
      }
      e.characters(at, now.length());
      left--;
      if (old.isEmpty()) {
        result.append(now);
        if (from >= text.length()) {
          break;
        }
        int end = text.offsetByCodePoints(from, 1);
        result.append(text, from, end);
        from = end;
      } else {
        result.append(text, from, next).append(now);
        from = next + old.length();
      }
    }
    return made(e, at, result.append(text, from, text.length()).toString());
  }

  private String repeat(Evaluation e, Call at, @Nullable Object[] arguments, String text)
      throws ExpressionException {
    long count = whole(at, arguments, 1);
    if (count < 0 || count > MOST_REPEATS) {
      throw at.argument(1)
          .failure("repeat wants a number from 0 to " + MOST_REPEATS + ", got " + count);
    }
    e.characters(at, text.length() * count);
    return text.repeat((int) count);
  }

  private static String fromBase64(Call at, String text) throws ExpressionException {
    try {
      String plain = text.indexOf('\n') < 0 ? text : text.replace("\r", "").replace("\n", "");
      if (plain.length() % 4 == 0) {
        byte[] bytes = Base64.getDecoder().decode(plain);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (CharacterCodingException noText) {
      throw at.failure("the base64 text holds bytes that are no UTF-8 text");
    } catch (IllegalArgumentException noBase64) {
      // The message below says it better.
    }
    throw at.argument(0).failure("fromBase64 wants base64, got " + Words.of(text));
  }

  private static @Nullable Object fromJson(Call at, String text) throws ExpressionException {
    try {
      return finite(at, JsonText.SHARED.parse(text));
    } catch (ActionException noJson) {
      throw at.argument(0).failure("fromJSON: " + noJson.getMessage());
    }
  }

  /** Refuses numbers that no double can hold, at any depth. */
  private static @Nullable Object finite(Call at, @Nullable Object value)
      throws ExpressionException {
    if (value instanceof BigDecimal number && Double.isInfinite(number.doubleValue())) {
      throw at.argument(0).failure("fromJSON: a number is too large");
    }
    Collection<?> parts =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof List<?> list ? list : List.of();
    for (Object part : parts) {
      finite(at, part);
    }
    return value;
  }
}
