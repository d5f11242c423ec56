package io.testmesh.plugin;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A plugin over plain sockets that behaves, or misbehaves, as it is told: {@code mode.properties}
 * beside it says how it starts and stops, {@code config.do} of a step how it answers. What happens
 * to it stands in {@code notes-ID.txt} outside of the plugin folder. It uses nothing but the JDK,
 * and of that what starts quickly.
 */
public final class Rogue {
  private static final long FOREVER = 600_000;

  private final Properties mode = new Properties();
  private int probes;
  private int running;
  private int peak;

  private Rogue() {}

  /** Runs the plugin. */
  public static void main(String[] args) throws Exception {
    new Rogue().start();
  }

  private void start() throws Exception {
    if (Files.exists(Path.of("mode.properties"))) {
      try (InputStream in = new FileInputStream("mode.properties")) {
        mode.load(in);
      }
    }
    int port = Integer.parseInt(System.getenv("PLUGIN_PORT"));
    int earlier = count("start");
    note("start " + ProcessHandle.current().pid() + " " + port);
    if (mode.containsKey("ignore_term")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> sleep(FOREVER)));
    }
    flood(Integer.parseInt(mode.getProperty("flood", "0")));
    if (mode.containsKey("child")) {
      child(mode.getProperty("child"));
    }
    sleep(Long.parseLong(mode.getProperty("delay", "0")));
    if (mode.containsKey("print")) {
      System.out.println(mode.getProperty("print"));
    }
    if (mode.containsKey("exit")) {
      System.err.println(mode.getProperty("exit_text", ""));
      System.exit(Integer.parseInt(mode.getProperty("exit")));
    }
    if (earlier < Integer.parseInt(mode.getProperty("port_taken", "0"))) {
      System.err.println("OSError: [Errno 98] Address already in use");
      System.exit(1);
    }
    if (mode.containsKey("crash_on_restart") && earlier > 0) {
      System.exit(Integer.parseInt(mode.getProperty("crash_on_restart")));
    }
    if (mode.containsKey("no_listener")) {
      sleep(FOREVER);
    }
    int wanted = Integer.parseInt(mode.getProperty("port", Integer.toString(port)));
    serve(wanted);
  }

  private void serve(int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(
        new InetSocketAddress(
            InetAddress.getByName(mode.getProperty("address", "127.0.0.1")), port));
    System.out.println("rogue listening on port " + port);
    while (true) {
      Socket socket = server.accept();
      if (mode.containsKey("single")) {
        handle(socket);
      } else {
        Thread thread = new Thread(() -> handle(socket));
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void handle(Socket socket) {
    try (socket) {
      Request request = Request.read(socket.getInputStream());
      if (request != null) {
        answer(request, socket);
      }
    } catch (IOException e) {
      note("broken " + e.getMessage());
    }
  }

  private void answer(Request request, Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (request.line()) {
      case "GET /health HTTP/1.1" -> health(out);
      case "GET /info HTTP/1.1" -> info(out);
      case "POST /shutdown HTTP/1.1" -> shutdown(request, out);
      case "POST /execute HTTP/1.1" -> execute(request, socket);
      default -> send(out, 404, "{\"error\": \"not found\"}");
    }
  }

  private void health(OutputStream out) throws IOException {
    probes++;
    if (mode.containsKey("health_hangs")) {
      sleep(FOREVER);
    }
    if (mode.containsKey("dies_when_healthy")) {
      send(out, 200, "{\"status\": \"healthy\"}");
      System.exit(4);
    }
    boolean well = probes > Integer.parseInt(mode.getProperty("sick_probes", "0"));
    String usual = "{\"status\": \"healthy\", \"version\": \"1.0.0\", \"uptime_seconds\": 1}";
    send(
        out,
        Integer.parseInt(mode.getProperty("health_status", "200")),
        well ? mode.getProperty("health", usual) : "{\"status\": \"starting\"}");
  }

  private void info(OutputStream out) throws IOException {
    if (mode.containsKey("info_hangs")) {
      sleep(FOREVER);
    }
    if (mode.containsKey("dies_at_info")) {
      System.exit(4);
    }
    String id = System.getenv("PLUGIN_ID");
    String usual =
        "{\"id\": \""
            + id
            + "\", \"version\": \"1.0.0\", \"actions\": [{\"id\": \""
            + id
            + ".act\"}]}";
    send(
        out,
        Integer.parseInt(mode.getProperty("info_status", "200")),
        mode.getProperty("info", usual));
  }

  private void shutdown(Request request, OutputStream out) throws IOException {
    note("shutdown " + request.header("content-length"));
    switch (mode.getProperty("shutdown", "exit")) {
      case "404" -> send(out, 404, "{}");
      case "hang" -> sleep(FOREVER);
      case "ignore" -> send(out, 200, "{}");
      default -> {
        send(out, 200, "{\"message\": \"shutting down\"}");
        Runtime.getRuntime().halt(0);
      }
    }
  }

  private void execute(Request request, Socket socket) throws IOException {
    synchronized (this) {
      running++;
      peak = Math.max(peak, running);
    }
    try {
      Map<?, ?> body = (Map<?, ?>) new MiniJson(request.body()).value();
      Map<?, ?> config = (Map<?, ?>) body.get("config");
      String act = String.valueOf(config.get("do"));
      note("execute " + act);
      act(act, config, request, socket);
    } finally {
      synchronized (this) {
        running--;
      }
    }
  }

  private void act(String act, Map<?, ?> config, Request request, Socket socket)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (act) {
      case "echo" -> send(out, 200, success(request.body()));
      case "place" -> send(out, 200, success(place()));
      case "request" -> send(out, 200, success(quoteAll(request)));
      case "reply" -> {
        int status = (int) Double.parseDouble(String.valueOf(config.get("status")));
        send(out, status, String.valueOf(config.get("body")));
      }
      case "raw" -> {
        for (Object part : (List<?>) config.get("parts")) {
          out.write(part.toString().getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          sleep(20);
        }
      }
      case "bytes" -> {
        byte[] answer = new byte[(int) Double.parseDouble(String.valueOf(config.get("bytes")))];
        java.util.Arrays.fill(answer, (byte) 'b');
        send(out, 200, "{\"success\": true, \"output\": {\"text\": \"" + latin(answer) + "\"}}");
      }
      case "drop" -> System.err.println("Traceback: KeyError 'name'");
      case "hang" -> {
        // The end of the connection is seen here.
        int end = socket.getInputStream().read();
        note("hang over " + end);
      }
      case "stuck" -> sleep(FOREVER);
      case "sleep" -> {
        sleep((long) Double.parseDouble(String.valueOf(config.get("millis"))));
        send(out, 200, success("{\"peak\": " + peak + "}"));
      }
      case "exit" -> {
        System.err.println(config.get("text"));
        System.exit((int) Double.parseDouble(String.valueOf(config.get("code"))));
      }
      case "exit_later" -> {
        send(out, 200, success("{}"));
        socket.close();
        System.exit(5);
      }
      case "kill" -> {
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
        sleep(FOREVER);
      }
      case "flood" -> {
        flood((int) Double.parseDouble(String.valueOf(config.get("bytes"))));
        send(out, 200, success("{}"));
      }
      case "print" -> {
        System.out.write(String.valueOf(config.get("text")).getBytes(StandardCharsets.ISO_8859_1));
        System.out.flush();
        send(out, 200, success("{}"));
      }
      case "child" -> {
        child(String.valueOf(config.get("how")));
        send(out, 200, success("{}"));
      }
      case "sick" -> {
        mode.setProperty("health", "{\"status\": \"tired\"}");
        send(out, 200, success("{}"));
      }
      default ->
          send(
              out,
              400,
              "{\"success\": false, \"output\": {}, \"error\": {\"code\": "
                  + "\"UNKNOWN_DO\", \"message\": \"unknown\"}}");
    }
  }

  private static String success(String output) {
    return "{\"success\": true, \"output\": " + output + "}";
  }

  private static String place() {
    StringBuilder json = new StringBuilder("{\"pid\": ").append(ProcessHandle.current().pid());
    json.append(", \"cwd\": ").append(quote(Path.of("").toAbsolutePath().toString()));
    json.append(", \"env\": {");
    String separator = "";
    for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
      json.append(separator).append(quote(entry.getKey())).append(": ");
      json.append(quote(entry.getValue()));
      separator = ", ";
    }
    return json.append("}}").toString();
  }

  private static String quoteAll(Request request) {
    return "{\"head\": " + quote(request.head()) + ", \"body\": " + quote(request.body()) + "}";
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static void child(String how) throws IOException {
    List<String> sleep = List.of("sleep", "600");
    ProcessBuilder child =
        how.equals("daemon")
            ? new ProcessBuilder("setsid", "sleep", "600")
            : new ProcessBuilder(sleep);
    note("child " + child.start().pid());
  }

  private static void flood(int bytes) {
    String line = "x".repeat(99) + "\n";
    for (int i = 0; i < bytes / 100; i++) {
      System.out.print(line);
      System.err.print(line);
    }
  }

  private static void send(OutputStream out, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " Answer\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\nConnection: close\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(bytes);
    out.write(all.toByteArray());
    out.flush();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Not in its own folder: what is kept of a plugin is kept for the files that it has. */
  private static Path notes() {
    return Path.of("..", "..", "notes-" + System.getenv("PLUGIN_ID") + ".txt");
  }

  private static synchronized void note(String what) {
    try {
      Files.writeString(notes(), what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println("no notes: " + e.getMessage());
    }
  }

  private static int count(String what) throws IOException {
    Path notes = notes();
    int count = 0;
    for (String line : Files.exists(notes) ? Files.readAllLines(notes) : List.<String>of()) {
      count += line.startsWith(what) ? 1 : 0;
    }
    return count;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Request(String line, String head, String body) {
    static Request read(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!latin(head.toByteArray()).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          return null;
        }
        head.write(b);
      }
      String text = latin(head.toByteArray());
      Request request = new Request(text.substring(0, text.indexOf('\r')), text, "");
      String length = request.header("content-length");
      byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
      return new Request(request.line(), text, new String(body, StandardCharsets.UTF_8));
    }

    String header(String name) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }
}
