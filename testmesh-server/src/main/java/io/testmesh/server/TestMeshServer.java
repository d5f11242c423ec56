package io.testmesh.server;

import io.testmesh.FlowRunner;
import io.testmesh.FlowTools;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TestMesh that others use over HTTP: on this machine alone, unless more is asked for. Owns its
 * runner, its plugins and its threads; {@link #close()} ends all of them and waits. Safe for use by
 * several threads.
 *
 * @since 0.1
 */
public final class TestMeshServer implements AutoCloseable {
  /** The port where nothing else is asked for. */
  public static final int DEFAULT_PORT = 5016;

  private static final Logger LOG = LoggerFactory.getLogger(TestMeshServer.class);

  private final Addresses addresses;
  private final HttpService http;
  private final FlowRunner runner;
  private final Executions executions;
  private final Router router;
  private final Admission admission;

  private TestMeshServer(Builder settings) throws ServerException {
    addresses = Addresses.of(settings.host);
    boolean local = addresses.areLoopback();
    if (!local && settings.token == null) {
      throw new ServerException(
          "the host \"" + settings.host + "\" can be reached by others, and there is no token",
          "add --require-token or --token-file FILE; without, only this machine may call",
          null);
    }
    Set<String> names = new LinkedHashSet<>(addresses.names());
    names.addAll(settings.names);
    admission = new Admission(names, !local, settings.token);
    runner = settings.runner();
    try {
      http = addresses.bind(settings.port);
    } catch (ServerException e) {
      runner.close();
      throw e;
    }
    executions = new Executions(runner);
    FlowTools tools = runner.tools();
    List<Route> routes = new ArrayList<>();
    routes.addAll(new FlowRoutes(tools, executions, settings.flows).routes());
    routes.add(Route.of("GET", "/openapi.json", request -> openApi()));
    router = new Router(routes);
    http.start(this::handle);
  }

  /** Starts with the defaults: port 5016 of this machine, no token, no plugins. */
  public static Builder builder() {
    return new Builder();
  }

  /** The port, also where any free one was asked for. */
  public int port() {
    return http.port();
  }

  /** Where it is called, without slash at the end: {@code http://localhost:5016/api/v1}. */
  public String address() {
    InetAddress first = addresses.list().get(0);
    String host = first.isLoopbackAddress() ? "localhost" : text(first);
    return "http://" + host + ":" + port() + "/api/v1";
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  /** All routes, as {@code METHOD /path}. */
  List<String> routes() {
    List<String> names = new ArrayList<>();
    for (Route route : router.routes()) {
      names.add(route.method() + " " + route.template());
    }
    return names;
  }

  private void handle(Exchange exchange) throws IOException {
    Answer answer;
    try {
      admission.check(exchange, port());
      answer = router.answer(exchange);
    } catch (RequestException e) {
      answer = e.answer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer = Answer.json(503, RequestException.error("CLOSING", "the server is ending", null));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
      String message = "something broke inside: " + e.getMessage();
      answer = Answer.json(500, RequestException.error("INTERNAL", message, null));
    }
    answer.send(exchange);
  }

  private static Answer openApi() throws IOException {
    try (var resource = TestMeshServer.class.getResourceAsStream("openapi.json")) {
      if (resource == null) {
        throw new IOException("openapi.json is not in the jar");
      }
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      return Answer.text(200, Map.of(), "application/json", text);
    }
  }

  /** Cancels what runs, lets readers of events have the end, and ends everything. */
  @Override
  public void close() {
    executions.close();
    runner.close();
    http.close();
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private int port = DEFAULT_PORT;
    private @Nullable String host;
    private @Nullable String token;
    private @Nullable Path plugins;
    private @Nullable Path flows;
    private Map<String, String> environment = System.getenv();

    private Builder() {}

    /** Sets the port; 0 for any free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Sets another address than this machine's own for itself; wants a token too. */
    public Builder host(String nameOrAddress) {
      host = nameOrAddress;
      return this;
    }

    /** Adds a host name by which requests may call the server. */
    public Builder hostName(String name) {
      names.add(name.toLowerCase(Locale.ROOT));
      return this;
    }

    /** Sets what every request has to bring in {@code Authorization: Bearer}. */
    public Builder token(String text) {
      token = text;
      return this;
    }

    /** Names the folder of plugins. */
    public Builder plugins(Path folder) {
      plugins = folder;
      return this;
    }

    /** Names the folder of the flows that may be run by their path; without, only by their text. */
    public Builder flows(Path folder) {
      flows = folder;
      return this;
    }

    /** Sets a variable for all flows. The value is JSON-like. */
    public Builder variable(String name, @Nullable Object value) {
      variables.put(name, value);
      return this;
    }

    /** Sets what flows see as the process environment. */
    public Builder environment(Map<String, String> values) {
      environment = values;
      return this;
    }

    private FlowRunner runner() {
      FlowRunner.Builder runner = FlowRunner.builder().environment(environment);
      if (plugins != null) {
        runner.plugins(plugins);
      }
      variables.forEach(runner::variable);
      return runner.build();
    }

    /**
     * Starts the server.
     *
     * @throws ServerException when the port is taken, or the address is open to others and there is
     *     no token
     * @throws IllegalStateException when testmesh-engine is not on the class path
     */
    public TestMeshServer start() throws ServerException {
      return new TestMeshServer(this);
    }
  }
}
