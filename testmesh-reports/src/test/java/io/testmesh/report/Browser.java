package io.testmesh.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A headless Chromium, driven through chromedriver (W3C WebDriver). With {@code
 * TESTMESH_REQUIRE=all} in the environment a machine without it fails the tests; else they are
 * reported as skipped, with the reason.
 */
final class Browser implements AutoCloseable {
  private static final String STARTED = "was started successfully on port ";
  private static final JsonFactory JSON = new JsonFactory();

  private final Process driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private String session = "";

  private Browser(Process driver) {
    this.driver = driver;
  }

  static Browser start() throws IOException {
    Path program = find("chromedriver");
    if (program == null) {
      String reason =
          "the HTML report was not looked at: chromedriver is not on the PATH"
              + " (apt-get install chromium chromium-driver)";
      if ("all".equals(System.getenv("TESTMESH_REQUIRE"))) {
        throw new AssertionError(reason);
      }
      System.err.println("NOT RUN: " + reason);
      return Assumptions.abort(reason);
    }
    Process process =
        new ProcessBuilder(program.toString(), "--port=0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Browser browser = new Browser(process);
    try {
      browser.open(port(process));
      return browser;
    } catch (IOException | RuntimeException e) {
      browser.close();
      throw e;
    }
  }

  private static @Nullable Path find(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }

  private static String port(Process process) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      int at = line.indexOf(STARTED);
      if (at >= 0) {
        return line.substring(at + STARTED.length()).replace(".", "").trim();
      }
    }
    throw new IOException("chromedriver ended before it listened");
  }

  private void open(String port) throws IOException {
    session = "http://127.0.0.1:" + port + "/session";
    Map<String, @Nullable Object> options =
        Map.of("args", List.of("--headless=new", "--no-sandbox", "--disable-gpu"));
    Object answer =
        call(
            "POST",
            "",
            Map.of(
                "capabilities",
                Map.of(
                    "alwaysMatch",
                    Map.of(
                        "goog:chromeOptions",
                        options,
                        "goog:loggingPrefs",
                        Map.of("browser", "ALL")))));
    session += "/" + ((Map<?, ?>) answer).get("sessionId");
  }

  /** Opens a file and waits until it is loaded. */
  void load(Path page) throws IOException {
    call("POST", "/url", Map.of("url", page.toUri().toString()));
  }

  /** Runs the body of a function in the page; a promise is waited for. */
  String script(String body) throws IOException {
    String text = "return Promise.resolve((() => {" + body + "})()).then(String);";
    return String.valueOf(call("POST", "/execute/sync", Map.of("script", text, "args", List.of())));
  }

  /** Waits until an expression is true in the page. */
  void await(String expression) throws IOException {
    String text =
        "const done = arguments[0], end = Date.now() + 10000;"
            + "(function look() { if ("
            + expression
            + ") done('yes'); else if (Date.now() > end) done('no');"
            + " else requestAnimationFrame(look); })()";
    Object answer = call("POST", "/execute/async", Map.of("script", text, "args", List.of()));
    if (!"yes".equals(answer)) {
      throw new AssertionError("never true in the page: " + expression);
    }
  }

  /** Presses keys one after the other; special ones by their code of WebDriver. */
  void press(String keys) throws IOException {
    List<Object> actions = new ArrayList<>();
    for (char key : keys.toCharArray()) {
      actions.add(Map.of("type", "keyDown", "value", String.valueOf(key)));
      actions.add(Map.of("type", "keyUp", "value", String.valueOf(key)));
    }
    Map<String, @Nullable Object> keyboard =
        Map.of("type", "key", "id", "keyboard", "actions", actions);
    call("POST", "/actions", Map.of("actions", List.of(keyboard)));
  }

  /** Shows pages in a width and a colour scheme. */
  void look(int width, int height, String scheme) throws IOException {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private void devTools(String command, Map<String, @Nullable Object> parameters)
      throws IOException {
    call("POST", "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** What the page wrote to its console since the last call, such as errors. */
  String console() throws IOException {
    return String.valueOf(call("POST", "/se/log", Map.of("type", "browser")));
  }

  /** Saves what is to be seen. */
  void screenshot(Path file) throws IOException {
    Object image = call("GET", "/screenshot", null);
    Files.write(file, Base64.getDecoder().decode(String.valueOf(image)));
  }

  private @Nullable Object call(String method, String path, @Nullable Map<String, ?> body)
      throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    if (body != null) {
      JsonOutput to = JsonOutput.to(json);
      to.value(body);
      to.flush();
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(session + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(json.toByteArray()))
            .build();
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new IOException(path + ": " + response.body());
      }
      try (JsonParser parser = JSON.createParser(response.body())) {
        parser.nextToken();
        return ((Map<?, ?>) read(parser)).get("value");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static @Nullable Object read(JsonParser from) throws IOException {
    JsonToken token = from.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      while (from.nextToken() != JsonToken.END_OBJECT) {
        String name = from.currentName();
        from.nextToken();
        map.put(name, read(from));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable Object> list = new ArrayList<>();
      while (from.nextToken() != JsonToken.END_ARRAY) {
        list.add(read(from));
      }
      return list;
    }
    return token == JsonToken.VALUE_NULL ? null : from.getText();
  }

  @Override
  public void close() throws IOException {
    try {
      if (session.indexOf("/session/") > 0) {
        call("DELETE", "", null);
      }
    } finally {
      driver.destroy();
      try {
        if (!driver.waitFor(5, TimeUnit.SECONDS)) {
          driver.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
