package io.testmesh.integrations.http;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionHandler;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigKey;
import io.testmesh.action.ConfigType;
import io.testmesh.integrations.common.Auth;
import io.testmesh.integrations.common.JsonPreview;
import io.testmesh.result.ActionSummary;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The action {@code http_request}. Names no type of the HTTP client: looking at the descriptor does
 * not load it.
 */
public final class HttpRequestAction implements ActionHandler {
  static final String DEFAULT_MAX_BODY = "16MiB";
  static final long DEFAULT_MAX_BODY_BYTES = 16L << 20;

  private static final int LONGEST_PREVIEW = 2000;

  /** For {@link java.util.ServiceLoader}. */
  public HttpRequestAction() {}

  @Override
  public ActionDescriptor descriptor() {
    ConfigType status = ConfigType.oneOf(ConfigType.INTEGER, ConfigType.TEXT);
    return ActionDescriptor.of("http_request")
        .describedAs(
            "Sends an HTTP request and gives what comes back. A status of 400 or more fails the"
                + " step when neither expect_status nor an assertion says something about it.")
        .key(
            ConfigKey.optional(
                "method", ConfigType.TEXT, "GET", "The method; any, in upper or lower case"))
        .required("url", ConfigType.TEXT, "The absolute URL, http or https")
        .optional("headers", ConfigType.MAP, "Headers; a list sends a header several times")
        .optional("params", ConfigType.MAP, "Query parameters, encoded; a list repeats one")
        .optional("body", ConfigType.ANY, "The body: a map or list as JSON, a text as it is")
        .optional("form", ConfigType.MAP, "The body as a URL-encoded form; a list repeats a field")
        .optional("multipart", ConfigType.mapOf(part()), "The body as multipart/form-data")
        .optional("file", ConfigType.FILE, "The body is the content of this file")
        .key(Auth.key())
        .optional("cookies", ConfigType.MAP, "Cookies to send from now on, within the flow")
        .optional("timeout", ConfigType.DURATION, "How long the whole exchange may take")
        .optional("follow_redirects", ConfigType.BOOLEAN, true, "Whether redirects are followed")
        .optional("max_redirects", ConfigType.INTEGER, 10L, "How many redirects are followed")
        .optional(
            "verify_ssl",
            ConfigType.BOOLEAN,
            true,
            "Whether the server's certificate and host name are checked")
        .optional("ca_file", ConfigType.FILE, "PEM certificates to trust instead of the Java's")
        .optional("cert_file", ConfigType.FILE, "The client's PEM certificate")
        .optional("key_file", ConfigType.FILE, "The client's PEM private key, if not in cert_file")
        .optional("proxy", ConfigType.TEXT, "The proxy's URL, http or socks5")
        .optional(
            "expect_status",
            ConfigType.oneOf(ConfigType.INTEGER, ConfigType.TEXT, ConfigType.listOf(status)),
            "The status that has to come: a number, 2xx, any, or a list of these")
        .optional("to_file", ConfigType.TEXT, "The file to put the response body into")
        .optional(
            "max_body",
            ConfigType.oneOf(ConfigType.INTEGER, ConfigType.TEXT),
            DEFAULT_MAX_BODY,
            "The largest response body that is kept in memory, in bytes or as 16MiB")
        .result("status", ConfigType.INTEGER, "The status code")
        .result("body", ConfigType.ANY, "JSON as a value, text as text, other bytes as base64")
        .result("headers", ConfigType.MAP, "Headers by name in any case; several values joined")
        .result("header_values", ConfigType.MAP, "All values of each header, as lists")
        .result("cookies", ConfigType.MAP, "Cookies that were set")
        .result("content_type", ConfigType.TEXT, "The header Content-Type; null when there is none")
        .result("duration_ms", ConfigType.INTEGER, "From the request's start to the body's end")
        .result("time", ConfigType.INTEGER, "The same as duration_ms")
        .result("size", ConfigType.INTEGER, "Bytes of the body, unpacked")
        .result("file", ConfigType.TEXT, "With to_file: the absolute path of the file")
        .result("sha256", ConfigType.TEXT, "With to_file: the hash of the body, in hex")
        .example(
            """
            - action: http_request
              config:
                method: POST
                url: ${base_url}/orders
                body: {item: 17, count: 2}
              assert:
                - status == 201
            """);
  }

  private static ConfigType part() {
    return ConfigType.oneOf(
        ConfigType.TEXT,
        ConfigType.NUMBER,
        ConfigType.BOOLEAN,
        ConfigType.object(
            ConfigKey.required("file", ConfigType.FILE, "The file that is sent"),
            ConfigKey.optional("filename", ConfigType.TEXT, "Its name for the server"),
            ConfigKey.optional("content_type", ConfigType.TEXT, "Its content type")),
        ConfigType.object(
            ConfigKey.required("value", ConfigType.ANY, "The value; a map or list as JSON"),
            ConfigKey.optional("content_type", ConfigType.TEXT, "Its content type")));
  }

  @Override
  public void check(ConfigCheck config) {
    RequestCheck.check(config);
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(HttpStep::warmUp);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return HttpStep.run(context);
  }

  @Override
  public ActionSummary summarize(
      Map<String, @Nullable Object> config, Map<String, @Nullable Object> result) {
    String target = Methods.of(config.get("method")) + " " + config.get("url");
    Object status = result.get("status");
    if (status == null) {
      return new ActionSummary(target, null, null);
    }
    Object type = result.get("content_type");
    String headline =
        "response: "
            + status
            + (type == null ? "" : ", " + ContentType.essence(type.toString()))
            + ", "
            + result.get("size")
            + " bytes";
    Object file = result.get("file");
    Object body = result.get("body");
    String text =
        file != null
            ? "written to " + file
            : body == null ? "" : JsonPreview.of(body, LONGEST_PREVIEW);
    return new ActionSummary(target, headline, text.isEmpty() ? null : text);
  }
}
