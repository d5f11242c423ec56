package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.HeaderMap;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.BodyFile;
import io.testmesh.integrations.common.OAuthTokens;
import io.testmesh.integrations.common.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One attempt of an {@code http_request}: sends, follows redirects, reads, judges the status. */
final class HttpStep {
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 16L;
  private static final long LARGEST_TOKEN = 1 << 20;
  private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

  private final ActionContext context;
  private final ActionConfig config;
  private final HttpClients clients;
  private final Cookies cookies;
  private final @Nullable Auth auth;
  private final @Nullable ExpectedStatus expected;
  private final long mostBytes;
  private final Map<String, @Nullable Object> cookiesSet = new LinkedHashMap<>();
  private long startNanos;
  private int status;

  private HttpStep(ActionContext context) throws ActionException, InterruptedException {
    this.context = context;
    config = context.config();
    clients = HttpClients.of(context.runnerResources());
    cookies = Cookies.of(context.flowResources());
    auth = Auth.of(config.map("auth"));
    expected = ExpectedStatus.of(config.value("expect_status"));
    Object most = config.value("max_body");
    mostBytes =
        HttpRequestAction.DEFAULT_MAX_BODY.equals(most)
            ? HttpRequestAction.DEFAULT_MAX_BODY_BYTES
            : Math.min(Values.byteSize(most, "max_body"), LARGEST_ARRAY);
  }

  /** Loads the client library, which takes most of the time of a process's first request. */
  static void warmUp() {
    HttpClients.warmUp();
  }

  static ActionResult run(ActionContext context) throws ActionException, InterruptedException {
    return new HttpStep(context).run();
  }

  private ActionResult run() throws ActionException, InterruptedException {
    HttpUrl url = clients.url(config.text("url"), "url");
    cookies.give(config.map("cookies"), url);
    try (Sender sender =
        new Sender(
            context,
            clients,
            Transport.of(context),
            config.optionalDuration("timeout").orElse(null))) {
      String token = auth instanceof Auth.OAuth2 oauth ? token(oauth, sender) : null;
      Request request = new RequestReader(context).read(url, auth, token);
      ActionResult result = exchange(request, sender);
      if (status == 401 && token != null && auth instanceof Auth.OAuth2 oauth) {
        clients.tokens().refused(oauth, token);
      }
      judge(request.method(), url, result);
      return result;
    }
  }

  private String token(Auth.OAuth2 oauth, Sender sender)
      throws ActionException, InterruptedException {
    HttpUrl url = Urls.parse(oauth.tokenUrl(), "auth.token_url");
    return clients
        .tokens()
        .token(
            oauth,
            Urls.shown(url),
            context.json(),
            (authorization, form) -> askForToken(url, authorization, form, sender));
  }

  private static OAuthTokens.Answer askForToken(
      HttpUrl url, @Nullable String authorization, String form, Sender sender)
      throws ActionException, InterruptedException {
    Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    Request ready =
        request.post(RequestBody.create(form.getBytes(StandardCharsets.UTF_8), FORM)).build();
    try (Response response = sender.send(ready)) {
      if (response.body().source().request(LARGEST_TOKEN)) {
        throw new ActionException(
            ActionException.AUTHENTICATION_FAILED,
            "the token server at " + Urls.shown(url) + " answered with more than 1 MiB");
      }
      return new OAuthTokens.Answer(response.code(), response.body().source().readUtf8());
    } catch (IOException e) {
      throw sender.failure(e, ready, "while the token was read");
    }
  }

  private ActionResult exchange(Request first, Sender sender)
      throws ActionException, InterruptedException {
    startNanos = System.nanoTime();
    boolean follow = config.bool("follow_redirects");
    long redirectsLeft = config.integer("max_redirects");
    if (redirectsLeft < 0) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\"max_redirects\" wants a number from 0 on, got " + redirectsLeft);
    }
    String secretHeader = auth instanceof Auth.ApiKey key && !key.inQuery() ? key.name() : null;
    boolean ownCookies = first.header("Cookie") != null;
    Request request = first;
    while (true) {
      String cookie = ownCookies ? null : cookies.header(request.url());
      Request sent =
          cookie == null ? request : request.newBuilder().header("Cookie", cookie).build();
      try (Response response = sender.send(sent)) {
        status = response.code();
        cookies.receive(response, cookiesSet, context);
        Request next = follow ? Redirects.next(response, secretHeader) : null;
        if (next == null) {
          return read(response, sender);
        }
        if (redirectsLeft-- == 0) {
          throw new ActionException(
                  ActionException.ACTION_FAILED,
                  first.method()
                      + " "
                      + Urls.shown(first.url())
                      + " was redirected more than "
                      + config.integer("max_redirects")
                      + " times (max_redirects), at last to "
                      + Urls.shown(next.url()))
              .result(read(response, sender));
        }
        request = ownCookies ? next : next.newBuilder().removeHeader("Cookie").build();
      }
    }
  }

  private ActionResult read(Response response, Sender sender)
      throws ActionException, InterruptedException {
    Object toFile = config.value("to_file");
    if (toFile != null) {
      BodyFile file = new BodyFile(context.resolveOutput(toFile.toString()));
      try {
        file.write(BodyReader.source(response).inputStream());
      } catch (IOException e) {
        throw sender
            .failure(e, response.request(), "after " + file.size() + " bytes of the body")
            .result(result(response, null, file.size()));
      }
      Map<String, @Nullable Object> values = values(response, null, file.size());
      values.put("file", file.file().toString());
      values.put("sha256", file.sha256());
      return ActionResult.of(values);
    }
    BodyReader.Bytes bytes = new BodyReader.Bytes();
    try {
      bytes.read(response, mostBytes);
    } catch (IOException e) {
      throw sender
          .failure(e, response.request(), "after " + bytes.length() + " bytes of the body")
          .result(result(response, bytes, bytes.length()));
    }
    if (bytes.isTooLarge()) {
      throw tooLarge(response).result(result(response, null, bytes.length()));
    }
    return result(response, bytes, bytes.length());
  }

  private ActionException tooLarge(Response response) {
    long declared = response.body().contentLength();
    return new ActionException(
            "value_too_large",
            "the body of the response is larger than "
                + mostBytes
                + " bytes (max_body)"
                + (declared < 0 ? "" : "; its Content-Length is " + declared))
        .hint("put it into a file with to_file, or raise max_body");
  }

  private ActionResult result(Response response, BodyReader.@Nullable Bytes bytes, long size) {
    return ActionResult.of(values(response, bytes, size));
  }

  private Map<String, @Nullable Object> values(
      Response response, BodyReader.@Nullable Bytes bytes, long size) {
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("status", (long) status);
    if (bytes != null) {
      values.put("body", bytes.value(response.header("Content-Type"), context));
    }
    putHeaders(Wire.withRetryAfter(response.headers()), values);
    values.put("cookies", Collections.unmodifiableMap(cookiesSet));
    values.put("content_type", response.header("Content-Type"));
    values.put("duration_ms", millis);
    values.put("time", millis);
    values.put("size", size);
    return values;
  }

  private static void putHeaders(Headers headers, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> texts = new LinkedHashMap<>();
    Map<String, @Nullable Object> lists = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      int first = firstOf(name, headers);
      String key = headers.name(first);
      if (first == i) {
        texts.put(key, headers.value(i));
        lists.put(key, List.of(headers.value(i)));
      } else {
        texts.put(key, texts.get(key) + ", " + headers.value(i));
        lists.put(key, headers.values(name));
      }
    }
    values.put("headers", HeaderMap.copyOf(texts));
    values.put("header_values", HeaderMap.copyOf(lists));
  }

  private static int firstOf(String name, Headers headers) {
    int first = 0;
    while (!headers.name(first).equalsIgnoreCase(name)) {
      first++;
    }
    return first;
  }

  private void judge(String method, HttpUrl url, ActionResult result) throws ActionException {
    if (expected != null) {
      if (!expected.accepts(status)) {
        throw unexpected(method, url, ", expected " + expected).result(result);
      }
      return;
    }
    Set<String> asserted = context.assertedKeys();
    if (status >= 400 && !asserted.contains("status") && !asserted.contains("body")) {
      throw unexpected(method, url, ", and the step says nothing about the status")
          .result(result)
          .hint("if that is right: expect_status: " + status + ", or any");
    }
  }

  private ActionException unexpected(String method, HttpUrl url, String what) {
    return new ActionException(
            "unexpected_status", method + " " + Urls.shown(url) + " answered " + status + what)
        .detail("status", (long) status);
  }
}
