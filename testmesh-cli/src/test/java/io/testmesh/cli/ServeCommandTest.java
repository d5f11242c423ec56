package io.testmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own. */
@Timeout(60)
class ServeCommandTest {
  private static final String SERVES = "testmesh serves ";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void no_process_is_left() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void it_says_where_it_is_answers_and_ends_with_a_signal() throws Exception {
    Process process = start("serve", "--port", "0", "--plugins", folder.toString());
    BufferedReader lines = lines(process);
    String address = address(lines.readLine());

    assertThat(get(address + "/plugins", null).body()).contains("\"total\" : 0");
    process.toHandle().destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(lines.readLine()).isEmpty();
    assertThat(lines.readLine())
        .isEqualTo("ending: runs are cancelled and plugins stopped; a second signal ends at once");
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void a_token_is_made_shown_once_and_wanted() throws Exception {
    Path file = folder.resolve("token");
    Process process = start("serve", "--port", "0", "--token-file", file.toString());
    BufferedReader lines = lines(process);
    String address = address(lines.readLine());
    String told = lines.readLine();

    String token = Files.readString(file).strip();
    assertThat(told).isEqualTo("token (shown this once, kept in " + file + "): " + token);
    assertThat(get(address + "/plugins", null).statusCode()).isEqualTo(401);
    assertThat(get(address + "/plugins", token).statusCode()).isEqualTo(200);
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_taken_port_is_exit_4() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(other.getLocalPort());

      Process process = start("serve", "--port", port);

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(4);
      assertThat(lines(process).readLine())
          .isEqualTo("testmesh: port " + port + " is taken by another program");
    }
  }

  @Test
  void the_help_has_an_example() {
    assertThat(CommandLine.run("serve", "-h").out())
        .startsWith("usage: testmesh serve")
        .contains("example: testmesh serve");
  }

  private Process start(String... args) throws Exception {
    Process process = CommandLine.start(folder, args);
    started.add(process);
    return process;
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String address(String line) {
    assertThat(line).startsWith(SERVES).endsWith("/api/v1  (Ctrl-C ends it)");
    return line.substring(SERVES.length(), line.indexOf("  "));
  }

  private static HttpResponse<String> get(String address, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
