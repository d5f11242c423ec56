package io.testmesh.arch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Talks to yaml-language-server, the server behind YAML in editors; installed when needed. */
final class LanguageServer implements AutoCloseable {
  private static final String PACKAGE = "yaml-language-server@1.19.2";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final OutputStream out;
  private final InputStream in;
  private int lastId;

  private LanguageServer(Process process) {
    this.process = process;
    this.out = process.getOutputStream();
    this.in = process.getInputStream();
  }

  /** Whether the programs that it needs are on this machine. */
  static boolean isPossible() {
    for (String program : List.of("node", "npm")) {
      try {
        if (new ProcessBuilder(program, "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            != 0) {
          return false;
        }
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Starts it, and waits until it is ready. */
  static LanguageServer start() throws IOException, InterruptedException {
    Path folder = Path.of("target/editor").toAbsolutePath();
    Path program = folder.resolve("node_modules/yaml-language-server/bin/yaml-language-server");
    if (!Files.exists(program)) {
      Files.createDirectories(folder);
      Process install =
          new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", PACKAGE, "--prefix", ".")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.log").toFile())
              .start();
      if (!install.waitFor(3, TimeUnit.MINUTES) || install.exitValue() != 0) {
        install.destroyForcibly();
        throw new IOException("npm install failed: " + Files.readString(folder.resolve("npm.log")));
      }
    }
    Process process =
        new ProcessBuilder("node", program.toString(), "--stdio")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    LanguageServer server = new LanguageServer(process);
    ObjectNode capabilities = JSON.createObjectNode();
    capabilities.putNull("processId").putNull("rootUri").putObject("capabilities");
    server.request("initialize", capabilities);
    server.send("initialized", JSON.createObjectNode());
    return server;
  }

  /** Opens a text as a file of an editor; gives what is marked in it. */
  JsonNode open(String uri, String text) throws IOException {
    ObjectNode parameters = JSON.createObjectNode();
    parameters
        .putObject("textDocument")
        .put("uri", uri)
        .put("languageId", "yaml")
        .put("version", 1)
        .put("text", text);
    send("textDocument/didOpen", parameters);
    while (true) {
      JsonNode message = next();
      if (message.path("method").asText().equals("textDocument/publishDiagnostics")
          && message.path("params").path("uri").asText().equals(uri)) {
        return message.path("params").path("diagnostics");
      }
    }
  }

  /** What the editor offers at a place; lines and columns count from 0. */
  JsonNode complete(String uri, int line, int column) throws IOException {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.putObject("textDocument").put("uri", uri);
    parameters.putObject("position").put("line", line).put("character", column);
    return request("textDocument/completion", parameters).path("items");
  }

  private JsonNode request(String method, ObjectNode parameters) throws IOException {
    int id = ++lastId;
    write(message(method, parameters).put("id", id));
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt() == id && !message.has("method")) {
        return message.path("result");
      }
    }
  }

  private void send(String method, ObjectNode parameters) throws IOException {
    write(message(method, parameters));
  }

  private static ObjectNode message(String method, ObjectNode parameters) {
    ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
    message.set("params", parameters);
    return message;
  }

  private void write(ObjectNode message) throws IOException {
    byte[] body = JSON.writeValueAsBytes(message);
    out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  /** The next message; questions of the server are answered with nothing. */
  private JsonNode next() throws IOException {
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring(16));
      }
    }
    JsonNode message = JSON.readTree(in.readNBytes(length));
    if (message.has("id") && message.has("method")) {
      ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
      answer.set("id", message.get("id"));
      answer.putNull("result");
      write(answer);
    }
    return message;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the language server ended");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
