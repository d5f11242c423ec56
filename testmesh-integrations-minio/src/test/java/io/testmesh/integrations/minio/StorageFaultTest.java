package io.testmesh.integrations.minio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.testmesh.backends.Flows;
import io.testmesh.backends.Ports;
import io.testmesh.backends.StandIn;
import io.testmesh.result.Failure;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Absent, no bucket, denied and down are never the same. */
@Timeout(120)
class StorageFaultTest {
  @TempDir Path folder;

  private Flows to(StandIn server) {
    return new Flows(folder, "s", Map.of("endpoint", server.url()));
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    StandIn.reply(
        exchange,
        status,
        "<?xml version=\"1.0\"?><Error><Code>"
            + code
            + "</Code><Message>it is "
            + code
            + "</Message><Resource>/b</Resource></Error>");
  }

  private static boolean isAboutObject(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().length() > "/bucket/".length();
  }

  @Test
  void an_object_that_is_absent_and_a_bucket_that_is_absent() throws Exception {
    try (StandIn server =
            new StandIn(
                exchange -> {
                  if (isAboutObject(exchange)) {
                    error(exchange, 404, "NoSuchKey");
                  } else {
                    StandIn.reply(exchange, 200, "");
                  }
                });
        Flows flows = to(server)) {
      StepResult absent =
          flows.step("minio.assert", "bucket: bucket, object: o.txt, exists: false");
      assertThat(absent.status()).as(() -> "" + absent.failure()).isEqualTo(Status.PASSED);
      Failure failure = flows.failure("minio.get", "bucket: bucket, object: o.txt");
      assertThat(failure.code()).isEqualTo("object_not_found");
      assertThat(failure.message())
          .isEqualTo("there is no object \"o.txt\" in the bucket \"bucket\"");
      assertThat(flows.failure("minio.assert", "bucket: bucket, object: o.txt, size_gte: 0"))
          .extracting(Failure::message)
          .isEqualTo("the object \"o.txt\": it is not there");
    }
    try (StandIn server = new StandIn(exchange -> error(exchange, 404, "NoSuchBucket"));
        Flows flows = to(server)) {
      for (String action : new String[] {"minio.assert", "minio.get", "minio.delete"}) {
        Failure failure =
            flows.failure(
                action,
                "bucket: bucket, object: o.txt"
                    + (action.endsWith("assert") ? ", exists: false" : ""));
        assertThat(failure.code()).as(action).isEqualTo("bucket_not_found");
      }
      assertThat(flows.failure("minio.list", "bucket: bucket").code())
          .isEqualTo("bucket_not_found");
    }
  }

  @Test
  void a_web_server_that_has_a_page_for_every_name_has_no_objects() throws Exception {
    try (StandIn server =
            new StandIn(
                exchange -> {
                  exchange
                      .getResponseHeaders()
                      .add("Last-Modified", "Thu, 26 Nov 2026 23:00:00 GMT");
                  StandIn.reply(exchange, 200, "<html>");
                });
        Flows flows = to(server)) {
      for (String action : List.of("minio.assert", "minio.get")) {
        Failure failure =
            flows.failure(
                action,
                "bucket: bucket, object: o.txt"
                    + (action.endsWith("assert") ? ", exists: true" : ""));
        assertThat(failure.code()).as(action).isEqualTo("action_failed");
        assertThat(failure.message()).endsWith(" answers without an ETag, as no S3 server does");
        assertThat(failure.hint()).contains("does \"endpoint\" name the S3 server itself?");
      }
    }
  }

  @Test
  void a_wrong_secret_and_a_missing_right() throws Exception {
    try (StandIn server = new StandIn(exchange -> error(exchange, 403, "SignatureDoesNotMatch"));
        Flows flows = to(server)) {
      Failure failure =
          flows.failure("minio.assert", "bucket: bucket, object: o.txt, exists: false");
      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure.message()).contains("SignatureDoesNotMatch");
    }
    try (StandIn server = new StandIn(exchange -> error(exchange, 403, "AccessDenied"));
        Flows flows = to(server)) {
      Failure failure =
          flows.failure("minio.assert", "bucket: bucket, object: o.txt, exists: false");
      assertThat(failure.code()).isEqualTo("access_denied");
    }
  }

  @Test
  void a_server_that_is_down_is_never_an_absent_object() throws Exception {
    int port = Ports.closed();
    try (Flows down = new Flows(folder, "s", Map.of("endpoint", "127.0.0.1:" + port))) {
      Failure failure =
          down.failure("minio.assert", "bucket: bucket, object: o.txt, exists: false");
      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(failure.message())
          .isEqualTo(
              "cannot connect to the S3 server at 127.0.0.1:" + port + ": connection refused");
    }
  }

  @Test
  void a_server_that_does_not_answer_holds_no_step() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (StandIn silent =
            new StandIn(
                exchange -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        Flows flows = to(silent)) {
      long start = System.nanoTime();
      StepResult step =
          flows
              .run(
                  flows
                      .written("s", "minio.get", "bucket: bucket, object: o")
                      .replace("{id: s,", "{id: s, timeout: 300ms,"))
              .step("s");
      assertThat(step.failure().orElseThrow().code()).isEqualTo("timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      end.countDown();
    }
  }

  @Test
  void a_body_becomes_what_is_asked_for() throws Exception {
    byte[] bytes = {(byte) 0xff, 0, 1};
    try (StandIn server =
            new StandIn(
                exchange -> {
                  exchange.getResponseHeaders().add("ETag", "\"abc\"");
                  exchange.getResponseHeaders().add("Content-Type", "image/x");
                  exchange.getResponseHeaders().add("x-amz-meta-Owner", "qa");
                  exchange.sendResponseHeaders(200, bytes.length);
                  exchange.getResponseBody().write(bytes);
                });
        Flows flows = to(server)) {
      StepResult step = flows.step("minio.get", "bucket: bucket, object: o, as: base64");
      assertThat(step.result())
          .containsEntry("body", "/wAB")
          .containsEntry("size", 3L)
          .containsEntry("etag", "abc")
          .containsEntry("content_type", "image/x")
          .containsEntry("metadata", Map.of("owner", "qa"));
      assertThat(flows.failure("minio.get", "bucket: bucket, object: o").message())
          .isEqualTo("the object is no text in UTF-8");
      StepResult file = flows.step("minio.get", "bucket: bucket, object: o, to_file: out/x.bin");
      assertThat(file.status()).as(() -> "" + file.failure()).isEqualTo(Status.PASSED);
      assertThat(Files.readAllBytes(folder.resolve("out/x.bin"))).isEqualTo(bytes);
      assertThat(file.result())
          .containsEntry(
              "sha256", "942e1e2a66a427b6551732f758bc314f22b9cdec9365a3425c9184de299392b5")
          .doesNotContainKey("body");
    }
  }

  @Test
  void a_file_of_half_an_object_is_not_left() throws Exception {
    try (StandIn server =
            new StandIn(
                exchange -> {
                  exchange.getResponseHeaders().add("ETag", "\"abc\"");
                  exchange.sendResponseHeaders(200, 5_000_000);
                  exchange.getResponseBody().write(new byte[100_000]);
                  exchange.getResponseBody().flush();
                  throw new IOException("on purpose");
                });
        Flows flows = to(server)) {
      Failure failure = flows.failure("minio.get", "bucket: bucket, object: o, to_file: out/x.bin");

      assertThat(failure.code()).isEqualTo("connection_failed");
      assertThat(folder.resolve("out")).isEmptyDirectory();
    }
  }

  @Test
  void mistakes_are_found_before_anything_runs() {
    try (Flows flows = new Flows(folder, "s", Map.of())) {
      for (String bucket : List.of("b", "Pictures", "my_box", "10.0.0.1", "a..b", "a-.b", "-ab")) {
        assertThat(flows.problems("minio.get", "object: o, bucket: " + bucket))
            .containsExactly("invalid_value \"" + bucket + "\" cannot be the name of a bucket");
      }
      assertThat(flows.problems("minio.get", "bucket: box, object: ''"))
          .containsExactly("invalid_value \"object\" is empty");
      assertThat(flows.problems("minio.get", "bucket: my.box-1, object: a/../b"))
          .containsExactly("invalid_value \"object\" has a part that is . or ..: \"a/../b\"");
      Failure made = flows.failure("minio.get", "bucket: '{{\"b\"}}', object: o");
      assertThat(made.code()).isEqualTo("invalid_value");
      assertThat(made.message()).isEqualTo("\"b\" cannot be the name of a bucket");
      assertThat(flows.problems("minio.put", "bucket: box, object: o"))
          .singleElement()
          .asString()
          .contains("there is neither \"data\" nor \"file\"");
      assertThat(flows.problems("minio.assert", "bucket: box, object: o"))
          .singleElement()
          .asString()
          .startsWith("nothing_asserted");
      assertThat(flows.problems("minio.list", "bucket: box, endpoint: 'http://h:1', use_ssl: true"))
          .singleElement()
          .asString()
          .contains("\"use_ssl\" is set, and \"endpoint\" begins with http://");
    }
  }
}
