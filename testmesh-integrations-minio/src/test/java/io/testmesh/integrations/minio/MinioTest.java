package io.testmesh.integrations.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.FlowRunner;
import io.testmesh.RunHandle;
import io.testmesh.backends.Backends;
import io.testmesh.backends.Flows;
import io.testmesh.backends.MinioServer;
import io.testmesh.result.Failure;
import io.testmesh.result.RunResult;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects in a real server. */
@Timeout(180)
class MinioTest {
  private static URI server;

  @TempDir Path folder;
  private Flows flows;

  @BeforeAll
  static void start() throws Exception {
    server = URI.create(Backends.minio().address());
  }

  private static String endpoint() {
    return "http://" + server.getHost() + ":" + server.getPort();
  }

  private static String accessKey() {
    return server.getUserInfo().split(":", 2)[0];
  }

  private static String secretKey() {
    return server.getUserInfo().split(":", 2)[1];
  }

  @BeforeEach
  void open() {
    flows = new Flows(folder, "s", connection(secretKey()));
  }

  @AfterEach
  void close() {
    flows.close();
  }

  private static Map<String, Object> connection(String secret) {
    return Map.of("endpoint", endpoint(), "access_key", accessKey(), "secret_key", secret);
  }

  private StepResult passed(String action, String config) {
    StepResult step = flows.step(action, config);
    assertThat(step.status()).as(() -> String.valueOf(step.failure())).isEqualTo(Status.PASSED);
    return step;
  }

  @Test
  void the_flow_of_the_guide_passes() throws Exception {
    Path guide = Path.of(MinioTest.class.getResource("/guide/report.yaml").toURI());
    try (FlowRunner runner =
        FlowRunner.builder()
            .environment(
                Map.of(
                    "S3_ENDPOINT", endpoint(),
                    "S3_ACCESS_KEY", accessKey(),
                    "S3_SECRET_KEY", secretKey()))
            .build()) {
      RunResult result = runner.run(guide);

      result.orThrow();
      assertThat(result.problems()).isEmpty();
    }
  }

  @Test
  void what_is_stored_comes_back_as_it_was() {
    passed("minio.put", "bucket: values, object: a/ü.txt, data: 'aGVsbG8=', create_bucket: true");
    assertThat(passed("minio.get", "bucket: values, object: a/ü.txt").result().get("body"))
        .as("a text that is base64 is a text")
        .isEqualTo("aGVsbG8=");

    passed("minio.put", "bucket: values, object: raw, data: 'AAEC/w==', encoding: base64");
    assertThat(passed("minio.get", "bucket: values, object: raw, as: base64").result().get("body"))
        .isEqualTo("AAEC/w==");

    passed(
        "minio.put",
        "bucket: values, object: o.json, data: {n: 9007199254740993, x: 1.50}, metadata: {owner:"
            + " shop}, content_type: application/vnd.order+json");
    Map<String, Object> read =
        passed("minio.get", "bucket: values, object: o.json, as: json").result();
    assertThat(((Map<?, ?>) read.get("body")).get("n")).isEqualTo(9007199254740993L);
    passed(
        "minio.assert",
        "bucket: values, object: o.json, metadata: {owner: shop}, content_type:"
            + " application/vnd.order+json, size_gte: 5");
    assertThat(passed("minio.list", "bucket: values, prefix: a/").result().get("count"))
        .isEqualTo(1L);
  }

  @Test
  void absent_no_bucket_and_denied_are_told_apart() throws Exception {
    passed("minio.put", "bucket: there, object: o, data: x, create_bucket: true");

    passed("minio.assert", "bucket: there, object: gone, exists: false");
    assertThat(flows.failure("minio.get", "bucket: there, object: gone").code())
        .isEqualTo("object_not_found");
    assertThat(flows.failure("minio.assert", "bucket: nowhere, object: o, exists: false").code())
        .isEqualTo("bucket_not_found");
    assertThat(flows.failure("minio.put", "bucket: nowhere, object: o, data: x").code())
        .isEqualTo("bucket_not_found");
    try (Flows wrong = new Flows(folder, "s", connection("wr0ng-s3cret"))) {
      Failure failure = wrong.failure("minio.assert", "bucket: there, object: gone, exists: false");
      assertThat(failure.code()).isEqualTo("authentication_failed");
      assertThat(failure.message()).doesNotContain("wr0ng-s3cret");
    }
  }

  @Test
  void an_object_is_waited_for() throws Exception {
    passed("minio.put", "bucket: late, object: first, data: x, create_bucket: true");
    RunHandle handle =
        flows.start(
            "minio.assert", "bucket: late, object: o, exists: true, within: 60s, every:" + " 20ms");
    passed("minio.put", "bucket: late, object: o, data: x");

    handle.result().join().orThrow();
  }

  @Test
  void a_server_that_goes_away_is_never_an_absent_object() throws Exception {
    MinioServer own = MinioServer.start();
    try (Flows to =
        new Flows(
            folder,
            "s",
            Map.of(
                "endpoint", own.endpoint(),
                "access_key", MinioServer.ACCESS_KEY,
                "secret_key", MinioServer.SECRET_KEY))) {
      assertThat(
              to.step("minio.put", "bucket: here, object: o, data: x, create_bucket: true")
                  .status())
          .isEqualTo(Status.PASSED);
      own.close();

      assertThat(to.failure("minio.assert", "bucket: here, object: o, exists: false").code())
          .isEqualTo("connection_failed");
    } finally {
      own.close();
    }
  }

  @Test
  void an_object_that_is_larger_than_the_memory_goes_through() throws Exception {
    Path large = folder.resolve("large.bin");
    byte[] block = new byte[1 << 20];
    SplittableRandom random = new SplittableRandom(17);
    try (OutputStream out = Files.newOutputStream(large)) {
      for (int i = 0; i < 200; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    Files.writeString(
        folder.resolve("large.yaml"),
        """
        flow:
          name: a large object
          config:
            connections:
              s: {endpoint: "%s", access_key: "%s", secret_key: "%s"}
          steps:
            - action: minio.put
              config: {connection: s, bucket: large, object: o, file: large.bin, create_bucket: true}
              timeout: 2m
              assert: [size == 200 * 1024 * 1024]
            - action: minio.get
              config: {connection: s, bucket: large, object: o, to_file: back.bin}
              timeout: 2m
        """
            .formatted(endpoint(), accessKey(), secretKey()));
    Process small =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    SmallMemory.class.getName(),
                    folder.resolve("large.yaml").toString(),
                    folder.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(small.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(small.waitFor()).as(said).isZero();
    assertThat(Files.mismatch(large, folder.resolve("back.bin"))).isEqualTo(-1);
  }

  /** Runs a flow; in a JVM of its own. */
  static final class SmallMemory {
    private SmallMemory() {}

    public static void main(String[] arguments) {
      try (FlowRunner runner = FlowRunner.builder().workingFolder(Path.of(arguments[1])).build()) {
        runner.run(Path.of(arguments[0])).orThrow();
      }
    }
  }
}
