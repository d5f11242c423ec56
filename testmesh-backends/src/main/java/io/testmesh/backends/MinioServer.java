package io.testmesh.backends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A MinIO server, built with Go; killed when it is closed. */
public final class MinioServer implements AutoCloseable {
  /** The key of its owner. */
  public static final String ACCESS_KEY = "tester";

  /** The secret of that key. */
  public static final String SECRET_KEY = "minio-s3cret-17";

  private final String endpoint;
  private final ServerProcess process;

  private MinioServer(String endpoint, ServerProcess process) {
    this.endpoint = endpoint;
    this.process = process;
  }

  /** What is started; ends the test when it is not there. */
  static Path program() {
    return Programs.built("minio");
  }

  /** A server that answers. */
  public static MinioServer start() throws IOException, InterruptedException {
    Path program = program();
    Path folder = ServerProcess.folder("minio");
    int[] ports = Ports.free(2);
    String address = ServerProcess.HOST + ports[0];
    List<String> command =
        List.of(
            program.toString(),
            "server",
            "--quiet",
            "--address",
            address,
            "--console-address",
            ServerProcess.HOST + ports[1],
            folder.resolve("data").toString());
    Map<String, String> environment =
        Map.of(
            "MINIO_ROOT_USER",
            ACCESS_KEY,
            "MINIO_ROOT_PASSWORD",
            SECRET_KEY,
            "MINIO_BROWSER",
            "off",
            "MINIO_UPDATE",
            "off");
    String endpoint = "http://" + address;
    return new MinioServer(
        endpoint,
        ServerProcess.start(
            "minio", folder, command, environment, endpoint + "/minio/health/ready"));
  }

  /** Where it listens. */
  public String endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.close();
  }
}
