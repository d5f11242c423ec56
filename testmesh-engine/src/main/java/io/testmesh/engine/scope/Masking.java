package io.testmesh.engine.scope;

import io.testmesh.engine.value.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hides the values of secrets in everything that is shown: as they are, base64- and URL-encoded,
 * and the password of a URL. Secrets can become known while a flow runs. Safe for use by several
 * threads.
 */
public final class Masking {
  /** What is shown in place of a secret. */
  public static final String MASK = "***";

  /**
   * Shorter secrets are masked only where they are the whole value: they would hit innocent texts.
   */
  public static final int SHORTEST_PART = 4;

  private final boolean urls;
  private final Set<String> known = new HashSet<>();
  private volatile List<String> parts = List.of();

  /** The length of the shortest part; no shorter text has one in it. */
  private volatile int shortestPart = Integer.MAX_VALUE;

  private volatile Set<String> wholes = Set.of();

  /** Whether one of the secrets may be a number. */
  private volatile boolean hasNumbers;

  /** A bit for the length of each secret, so that most texts need not be looked up. */
  private volatile long lengths;

  /** Hides what is added, and the passwords of URLs. */
  public Masking() {
    this(true);
  }

  private Masking(boolean urls) {
    this.urls = urls;
  }

  /** A masking of the secrets that stand in none of the texts; it leaves URLs as they are. */
  Masking except(Collection<String> texts) {
    Masking rest = new Masking(false);
    List<String> secrets;
    synchronized (this) {
      secrets = List.copyOf(known);
    }
    for (String secret : secrets) {
      if (!isIn(secret, texts)) {
        rest.add(secret);
      }
    }
    return rest;
  }

  private static boolean isIn(String secret, Collection<String> texts) {
    for (String text : texts) {
      if (secret.length() < SHORTEST_PART ? text.equals(secret) : text.contains(secret)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds the value of a secret; a list or map gives the texts and numbers in it.
   *
   * @return whether there is something new in it
   */
  public synchronized boolean add(@Nullable Object secret) {
    boolean isNew = false;
    if (secret instanceof String || secret instanceof Number) {
      String text = secret.toString();
      isNew = !text.isEmpty() && known.add(text);
      if (isNew) {
        addText(text);
      }
    } else if (secret instanceof Iterable<?> items) {
      for (Object item : items) {
        isNew |= add(item);
      }
    } else if (secret instanceof Map<?, ?> map) {
      isNew = add(map.values());
    }
    return isNew;
  }

  private void addText(String text) {
    Set<String> moreWholes = new HashSet<>(wholes);
    moreWholes.add(text);
    lengths |= lengthBit(text);
    hasNumbers |= Character.isDigit(text.charAt(0)) || text.charAt(0) == '-';
    wholes = Set.copyOf(moreWholes);
    if (text.length() >= SHORTEST_PART) {
      Set<String> moreParts = new HashSet<>(parts);
      moreParts.add(text);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      moreParts.add(Base64.getEncoder().encodeToString(bytes));
      moreParts.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      moreParts.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
      moreParts.add(encoded);
      moreParts.add(encoded.replace("+", "%20"));
      String json = JsonText.SHARED.render(text);
      moreParts.add(json.substring(1, json.length() - 1));
      List<String> longestFirst = new ArrayList<>(moreParts);
      longestFirst.sort(Comparator.comparingInt(String::length).reversed());
      // First, so that nobody sees a part and takes it for too long.
      shortestPart = longestFirst.get(longestFirst.size() - 1).length();
      parts = List.copyOf(longestFirst);
    }
  }

  /** The text without secrets; the same object when there is none in it. */
  public String mask(String text) {
    String masked = text;
    if (!wholes.isEmpty()) {
      if ((lengths & lengthBit(text)) != 0 && wholes.contains(text)) {
        return MASK;
      }
      if (text.length() >= shortestPart) {
        for (String part : parts) {
          if (masked.contains(part)) {
            masked = masked.replace(part, MASK);
          }
        }
      }
    }
    return urls ? maskUserInfo(masked) : masked;
  }

  private static long lengthBit(String text) {
    return 1L << (text.length() % Long.SIZE);
  }

  /** The text without secrets, or null for null. */
  public @Nullable String maskOptional(@Nullable String text) {
    return text == null ? null : mask(text);
  }

  /** The lines without secrets; the same list when there is none in them. */
  public List<String> maskLines(List<String> lines) {
    List<String> masked = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String shown = mask(line);
      if (!shown.equals(line)) {
        masked = masked == null ? new ArrayList<>(lines) : masked;
        masked.set(i, shown);
      }
    }
    return masked == null ? lines : masked;
  }

  /** Whether a number is a secret. */
  public boolean isSecret(Number number) {
    return hasNumbers && wholes.contains(number.toString());
  }

  /** Masks the password in {@code scheme://user:password@host} (RFC 3986, 3.2.1). */
  private static String maskUserInfo(String text) {
    int scheme = text.indexOf('@') < 0 ? -1 : text.indexOf("://");
    if (scheme < 0) {
      return text;
    }
    StringBuilder masked = null;
    int copied = 0;
    while (scheme >= 0) {
      int at = -1;
      int colon = -1;
      int i = scheme + 3;
      for (; i < text.length() && !endsAuthority(text.charAt(i)); i++) {
        char c = text.charAt(i);
        if (c == '@') {
          at = i;
        } else if (c == ':' && colon < 0) {
          colon = i;
        }
      }
      if (at > 0 && colon > 0 && colon < at && !text.startsWith(MASK + "@", colon + 1)) {
        masked = masked == null ? new StringBuilder() : masked;
        masked.append(text, copied, colon + 1).append(MASK);
        copied = at;
      }
      scheme = text.indexOf("://", i);
    }
    return masked == null ? text : masked.append(text, copied, text.length()).toString();
  }

  private static boolean endsAuthority(char c) {
    return c == '/' || c == '?' || c == '#' || c <= ' ' || c == '"' || c == '\'' || c == '<';
  }
}
