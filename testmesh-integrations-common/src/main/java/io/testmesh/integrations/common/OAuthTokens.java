package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by client credentials (RFC 6749, 4.4), kept until they expire. Safe for use by several
 * threads: one of them fetches, the others wait for it.
 */
public final class OAuthTokens {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final long UNKNOWN_LIFE_SECONDS = 300;
  private static final long LONGEST_LIFE_SECONDS = 86_400;

  private final Map<Auth.OAuth2, Slot> slots = new HashMap<>();

  /** None so far. */
  public OAuthTokens() {}

  /**
   * What a token server answers.
   *
   * @param status of HTTP
   * @param body as text
   */
  public record Answer(int status, String body) {}

  /** Asks the token server. */
  @FunctionalInterface
  public interface Exchange {
    /**
     * Posts a form.
     *
     * @param authorization the header of that name; null for none
     * @param form of the type application/x-www-form-urlencoded
     */
    Answer post(@Nullable String authorization, String form)
        throws ActionException, InterruptedException;
  }

  /**
   * The token, fetched if there is none that is still good.
   *
   * @param shown the address of the token server, for messages
   */
  public String token(Auth.OAuth2 auth, String shown, JsonFormat json, Exchange exchange)
      throws ActionException, InterruptedException {
    Slot slot = slot(auth);
    slot.lock.lockInterruptibly();
    try {
      String token = slot.token;
      if (token == null || slot.goodUntilNanos - System.nanoTime() <= 0) {
        token = fetch(auth, shown, slot, json, exchange);
      }
      return token;
    } finally {
      slot.lock.unlock();
    }
  }

  /** Forgets a token that a server did not accept. */
  public void refused(Auth.OAuth2 auth, String token) throws InterruptedException {
    Slot slot = slot(auth);
    slot.lock.lockInterruptibly();
    try {
      if (token.equals(slot.token)) {
        slot.token = null;
      }
    } finally {
      slot.lock.unlock();
    }
  }

  private Slot slot(Auth.OAuth2 auth) {
    synchronized (slots) {
      return slots.computeIfAbsent(auth, key -> new Slot());
    }
  }

  private static String fetch(
      Auth.OAuth2 auth, String shown, Slot slot, JsonFormat json, Exchange exchange)
      throws ActionException, InterruptedException {
    // RFC 6749, 2.3.1: every server takes the client's name and secret in the header; some only in
    // the form, in spite of that.
    Answer answer = ask(auth, true, exchange);
    if (answer.status == BAD_REQUEST || answer.status == UNAUTHORIZED) {
      answer = ask(auth, false, exchange);
    }
    Map<?, ?> body = parse(answer.body, json);
    Object token = body.get("access_token");
    if (answer.status != OK || !(token instanceof String text) || text.isEmpty()) {
      throw refusal(shown, answer.status, body);
    }
    long seconds = UNKNOWN_LIFE_SECONDS;
    Object expires = body.get("expires_in");
    if (expires instanceof Number number) {
      seconds = Math.min(number.longValue(), LONGEST_LIFE_SECONDS);
    }
    // A tenth is left for the way and for clocks that differ.
    slot.goodUntilNanos = System.nanoTime() + seconds * 900_000_000L;
    slot.token = text;
    return text;
  }

  private static Answer ask(Auth.OAuth2 auth, boolean inHeader, Exchange exchange)
      throws ActionException, InterruptedException {
    StringBuilder form = new StringBuilder("grant_type=client_credentials");
    if (!auth.scope().isEmpty()) {
      form.append("&scope=").append(formText(auth.scope()));
    }
    String authorization = null;
    if (inHeader) {
      String pair = formText(auth.clientId()) + ":" + formText(auth.clientSecret());
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      authorization = "Basic " + Base64.getEncoder().encodeToString(bytes);
    } else {
      form.append("&client_id=").append(formText(auth.clientId()));
      form.append("&client_secret=").append(formText(auth.clientSecret()));
    }
    return exchange.post(authorization, form.toString());
  }

  private static String formText(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<?, ?> parse(String text, JsonFormat json) {
    try {
      return json.parse(text) instanceof Map<?, ?> map ? map : Map.of();
    } catch (ActionException e) {
      return Map.of();
    }
  }

  private static ActionException refusal(String shown, int status, Map<?, ?> body) {
    Object error = body.get("error");
    Object description = body.get("error_description");
    StringBuilder message = new StringBuilder("no token from ").append(shown);
    message.append(": it answered ").append(status);
    if (error != null) {
      message.append(", ").append(JsonPreview.of(error, 200));
    } else if (status == OK) {
      message.append(" without an access_token");
    }
    if (description != null) {
      message.append(" (").append(JsonPreview.of(description, 500)).append(')');
    }
    return new ActionException(ActionException.AUTHENTICATION_FAILED, message.toString())
        .detail("status", (long) status);
  }

  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String token;
    private long goodUntilNanos;
  }
}
