package io.testmesh.server;

import io.testmesh.FlowRunner;
import io.testmesh.FlowTools;
import io.testmesh.RunnerSettings;
import io.testmesh.plugin.host.PluginHost;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private final ServedPlugins plugins;
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
    RunnerSettings wanted = settings.runner.build();
    plugins = new ServedPlugins(wanted);
    runner = runner(wanted, plugins.host());
    try {
      http = addresses.bind(settings.port);
    } catch (ServerException e) {
      runner.close();
      plugins.close();
      throw e;
    }
    executions = new Executions(runner);
    FlowTools tools = runner.tools();
    List<Route> routes = new ArrayList<>();
    routes.addAll(new PluginRoutes(plugins, wanted.workingFolder()).routes());
    routes.addAll(new FlowRoutes(tools, executions, settings.flows).routes());
    routes.add(Route.of("GET", "/openapi.json", request -> openApi()));
    router = new Router(routes);
    plugins.start();
    http.start(this::handle);
  }

  private static FlowRunner runner(RunnerSettings settings, PluginHost host) {
    FlowRunner.Builder runner =
        FlowRunner.builder()
            .environment(settings.environment())
            .workingFolder(settings.workingFolder())
            .actionSources(List.of(host));
    settings.variables().forEach(runner::variable);
    return runner.build();
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
    plugins.close();
    http.close();
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private final RunnerSettings.Builder runner = RunnerSettings.builder();
    private final Set<String> names = new LinkedHashSet<>();
    private int port = DEFAULT_PORT;
    private @Nullable String host;
    private @Nullable String token;
    private @Nullable Path flows;

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
      runner.plugins(folder);
      return this;
    }

    /** Lets a plugin see an entry of the environment, of which it sees little else. */
    public Builder pluginEnvironment(String id, String name) {
      runner.pluginEnvironment(id, name);
      return this;
    }

    /** Sets the folder that sources of plugins and names of files are relative to. */
    public Builder workingFolder(Path folder) {
      runner.workingFolder(folder);
      return this;
    }

    /** Names the folder of the flows that may be run by their path; without, only by their text. */
    public Builder flows(Path folder) {
      flows = folder;
      return this;
    }

    /** Sets a variable for all flows. The value is JSON-like. */
    public Builder variable(String name, @Nullable Object value) {
      runner.variable(name, value);
      return this;
    }

    /** Sets what flows see as the process environment. */
    public Builder environment(Map<String, String> values) {
      runner.environment(values);
      return this;
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
