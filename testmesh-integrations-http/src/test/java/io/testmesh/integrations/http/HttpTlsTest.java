package io.testmesh.integrations.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.TlsMaterial;
import io.testmesh.integrations.common.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpTlsTest {
  private final HttpRequestAction action = new HttpRequestAction();
  private final TestRun run = new TestRun();

  @BeforeEach
  void begin() throws Exception {
    run.folder = Path.of(HttpTlsTest.class.getResource("/tls/ca.pem").toURI()).getParent();
  }

  @AfterEach
  void end() {
    run.close();
  }

  private TestServer server(String name, boolean wantsClient) throws Exception {
    TlsSettings settings =
        new TlsSettings(
            true,
            run.folder.resolve("ca.pem"),
            run.folder.resolve(name + ".pem"),
            run.folder.resolve(name + ".key"));
    SSLServerSocket socket =
        (SSLServerSocket)
            TlsMaterial.load(settings)
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    socket.setNeedClientAuth(wantsClient);
    return TestServer.on(
        socket,
        (request, out, s) -> {
          TestServer.reply(out, "200 OK", "", "secret");
          return true;
        });
  }

  private static String url(TestServer server) {
    return "https://127.0.0.1:" + server.port() + "/";
  }

  @Test
  void a_server_is_trusted_by_its_signer_or_not_checked_at_all() throws Exception {
    try (TestServer server = server("server", false)) {
      String url = url(server);
      assertThat(run.http("url", url, "ca_file", "ca.pem")).containsEntry("body", "secret");
      assertThat(run.http("url", url, "verify_ssl", false)).containsEntry("body", "secret");
      ActionException failure = run.httpFailure("url", url);
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure)
          .hasMessage(
              "the certificate of 127.0.0.1:" + server.port() + " is not signed by anyone trusted");
      assertThat(failure.hint())
          .hasValue("name the signer's certificate in ca_file, or set verify_ssl: false");
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused() throws Exception {
    try (TestServer server = server("elsewhere", false)) {
      assertThat(run.httpFailure("url", url(server), "ca_file", "ca.pem"))
          .hasMessage(
              "the certificate of 127.0.0.1:"
                  + server.port()
                  + " is not for the host \"127.0.0.1\"");
      assertThat(run.http("url", url(server), "verify_ssl", false)).containsEntry("body", "secret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "client.pem, client.key",
    "client.pem, client-pkcs1.key",
    "client-ec.pem, client-ec.key",
    "client-ec.pem, client-sec1.key",
  })
  void a_client_shows_its_certificate(String cert, String key) throws Exception {
    try (TestServer server = server("server", true)) {
      assertThat(
              run.http("url", url(server), "ca_file", "ca.pem", "cert_file", cert, "key_file", key))
          .containsEntry("body", "secret");
    }
  }

  @Test
  void a_client_without_a_certificate_is_told_so() throws Exception {
    try (TestServer server = server("server", true)) {
      ActionException failure = run.httpFailure("url", url(server), "ca_file", "ca.pem");
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure)
          .hasMessage(
              "127.0.0.1:"
                  + server.port()
                  + " did not accept the client's certificate, or got none");
    }
  }

  @Test
  void plain_http_is_not_taken_for_tls() throws Exception {
    TestServer.Greeting greeting = out -> TestServer.write(out, "HTTP/1.1 400 Bad Request\r\n\r\n");
    try (TestServer server = TestServer.greeting(greeting)) {
      ActionException failure = run.httpFailure("url", url(server));
      assertThat(failure).hasMessage("127.0.0.1:" + server.port() + " does not speak TLS");
      assertThat(failure.hint()).hasValue("is the URL http:// instead?");
    }
  }

  @Test
  void a_proxy_is_a_tunnel_for_tls() throws Exception {
    try (TestServer server = server("server", false);
        TestServer proxy =
            TestServer.of(
                (request, out, socket) -> {
                  assertThat(request.line()).startsWith("CONNECT 127.0.0.1:" + server.port());
                  try (Socket target = new Socket("127.0.0.1", server.port())) {
                    TestServer.write(out, "HTTP/1.1 200 Connected\r\n\r\n");
                    Thread back =
                        new Thread(
                            () -> {
                              try {
                                target.getInputStream().transferTo(out);
                              } catch (IOException e) {
                                // One of the sides has ended it.
                              }
                            });
                    back.start();
                    socket.getInputStream().transferTo(target.getOutputStream());
                  }
                  return false;
                })) {
      assertThat(
              run.http(
                  "url",
                  url(server),
                  "ca_file",
                  "ca.pem",
                  "proxy",
                  "http://127.0.0.1:" + proxy.port()))
          .containsEntry("body", "secret");
      assertThat(proxy.seen).hasSize(1);
    }
  }

  @Test
  void a_server_that_hangs_up_is_named() throws Exception {
    try (TestServer server = TestServer.greeting(out -> out.close())) {
      assertThat(run.httpFailure("url", url(server)))
          .hasMessage(
              "127.0.0.1:" + server.port() + " closed the connection during the TLS handshake");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ca_file, none.pem, file_not_found, there is no file",
    "ca_file, client.key, invalid_value, holds no certificate",
    "cert_file, client.pem, invalid_value, holds no private key",
    "key_file, client-encrypted.key, invalid_value, with a passphrase; give one without",
  })
  void a_file_that_does_not_fit_is_named(String key, String file, String code, String text) {
    ActionException failure =
        key.equals("key_file")
            ? run.httpFailure("url", "https://x.test/", key, file, "cert_file", "client.pem")
            : run.httpFailure("url", "https://x.test/", key, file);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageStartingWith(key + ": ").hasMessageContaining(text);
  }
}
