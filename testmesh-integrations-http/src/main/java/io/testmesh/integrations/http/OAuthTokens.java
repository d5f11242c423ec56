package io.testmesh.integrations.http;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.JsonPreview;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by client credentials (RFC 6749, 4.4), kept until they expire. Safe for use by several
 * threads: one of them fetches, the others wait for it.
 */
final class OAuthTokens {
  private static final long UNKNOWN_LIFE_SECONDS = 300;
  private static final long LONGEST_LIFE_SECONDS = 86_400;
  private static final long LARGEST_ANSWER = 1 << 20;

  private final Map<Auth.OAuth2, Slot> slots = new HashMap<>();

  /** The token, fetched if there is none that is still good. */
  String token(Auth.OAuth2 auth, Sender sender, ActionContext context)
      throws ActionException, InterruptedException {
    Slot slot = slot(auth);
    slot.lock.lockInterruptibly();
    try {
      String token = slot.token;
      if (token == null || slot.goodUntilNanos - System.nanoTime() <= 0) {
        token = fetch(auth, slot, sender, context);
      }
      return token;
    } finally {
      slot.lock.unlock();
    }
  }

  /** Forgets a token that a server did not accept. */
  void refused(Auth.OAuth2 auth, String token) throws InterruptedException {
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

  private static String fetch(Auth.OAuth2 auth, Slot slot, Sender sender, ActionContext context)
      throws ActionException, InterruptedException {
    HttpUrl url = Urls.parse(auth.tokenUrl(), "auth.token_url");
    // RFC 6749, 2.3.1: every server takes the client's name and secret in the header; some only in
    // the form, in spite of that.
    Answer answer = ask(auth, url, true, sender, context);
    if (answer.status == 400 || answer.status == 401) {
      answer = ask(auth, url, false, sender, context);
    }
    Object token = answer.body.get("access_token");
    if (answer.status != 200 || !(token instanceof String text) || text.isEmpty()) {
      throw refusal(url, answer);
    }
    long seconds = UNKNOWN_LIFE_SECONDS;
    Object expires = answer.body.get("expires_in");
    if (expires instanceof Number number) {
      seconds = Math.min(number.longValue(), LONGEST_LIFE_SECONDS);
    }
    // A tenth is left for the way and for clocks that differ.
    slot.goodUntilNanos = System.nanoTime() + seconds * 900_000_000L;
    slot.token = text;
    return text;
  }

  private static Answer ask(
      Auth.OAuth2 auth, HttpUrl url, boolean inHeader, Sender sender, ActionContext context)
      throws ActionException, InterruptedException {
    FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
    if (!auth.scope().isEmpty()) {
      form.add("scope", auth.scope());
    }
    Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
    if (inHeader) {
      request.header(
          "Authorization",
          Credentials.basic(
              Bodies.formText(auth.clientId()), Bodies.formText(auth.clientSecret())));
    } else {
      form.add("client_id", auth.clientId()).add("client_secret", auth.clientSecret());
    }
    Request ready = request.post(form.build()).build();
    try (Response response = sender.send(ready)) {
      if (response.body().source().request(LARGEST_ANSWER)) {
        throw new ActionException(
            ActionException.AUTHENTICATION_FAILED,
            "the token server at " + Urls.shown(url) + " answered with more than 1 MiB");
      }
      return new Answer(response.code(), parse(response.body().source().readUtf8(), context));
    } catch (IOException e) {
      throw sender.failure(e, ready, "while the token was read");
    }
  }

  private static Map<?, ?> parse(String text, ActionContext context) {
    try {
      return context.json().parse(text) instanceof Map<?, ?> map ? map : Map.of();
    } catch (ActionException e) {
      return Map.of();
    }
  }

  private static ActionException refusal(HttpUrl url, Answer answer) {
    Object error = answer.body.get("error");
    Object description = answer.body.get("error_description");
    StringBuilder message = new StringBuilder("no token from ").append(Urls.shown(url));
    message.append(": it answered ").append(answer.status);
    if (error != null) {
      message.append(", ").append(JsonPreview.of(error, 200));
    } else if (answer.status == 200) {
      message.append(" without an access_token");
    }
    if (description != null) {
      message.append(" (").append(JsonPreview.of(description, 500)).append(')');
    }
    return new ActionException(ActionException.AUTHENTICATION_FAILED, message.toString())
        .detail("status", (long) answer.status);
  }

  private record Answer(int status, Map<?, ?> body) {}

  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String token;
    private long goodUntilNanos;
  }
}
