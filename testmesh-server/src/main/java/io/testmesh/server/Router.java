package io.testmesh.server;

import io.testmesh.plugin.manifest.NearName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. Immutable. */
final class Router {
  private final List<Route> routes;

  /** Routes; of two that fit, the earlier answers. */
  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }

  /** Answers a request. */
  Answer answer(Exchange exchange) throws IOException, RequestException, InterruptedException {
    List<String> path = parts(exchange.path());
    String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> open = match(route, path);
      if (open != null && route.method().equals(method)) {
        return route.handler().handle(new Request(exchange, open, query(exchange.query())));
      }
      if (open != null) {
        methods.add(route.method());
      }
    }
    throw methods.isEmpty() ? unknown(path) : notAllowed(exchange, methods);
  }

  private static RequestException notAllowed(Exchange exchange, TreeSet<String> methods) {
    String allowed = String.join(", ", methods);
    return new RequestException(
            405,
            "METHOD_NOT_ALLOWED",
            exchange.path() + " does not take " + exchange.method() + "; it takes " + allowed,
            null)
        .header("Allow", allowed);
  }

  private RequestException unknown(List<String> path) {
    String wrong = "/" + String.join("/", path);
    List<String> known = new ArrayList<>();
    for (Route route : routes) {
      known.add(filled(route, path));
    }
    String near = NearName.of(wrong, known);
    if (near == null && !wrong.startsWith("/api/v1")) {
      near = known.contains("/api/v1" + wrong) ? "/api/v1" + wrong : null;
    }
    return new RequestException(
        404,
        "ROUTE_NOT_FOUND",
        "there is nothing at " + wrong,
        near == null
            ? "/api/v1/openapi.json says what there is"
            : "did you mean \"" + near + "\"?");
  }

  /** The route's path with what the request has in the open parts. */
  private static String filled(Route route, List<String> path) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < route.path().size(); i++) {
      String part = route.path().get(i);
      text.append('/').append(Route.isOpen(part) && i < path.size() ? path.get(i) : part);
    }
    return text.toString();
  }

  private static @Nullable Map<String, String> match(Route route, List<String> path) {
    if (route.path().size() != path.size()) {
      return null;
    }
    Map<String, String> open = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String part = route.path().get(i);
      if (Route.isOpen(part)) {
        open.put(part.substring(1, part.length() - 1), path.get(i));
      } else if (!part.equals(path.get(i))) {
        return null;
      }
    }
    return open;
  }

  /** The path's parts, decoded. None can lead elsewhere, whatever it is used for later. */
  private static List<String> parts(String path) throws RequestException {
    List<String> parts = new ArrayList<>();
    for (String part : path.substring(path.isEmpty() ? 0 : 1).split("/", -1)) {
      String decoded = decode(part, "the path");
      boolean leadsAway = decoded.equals("..") || decoded.equals(".");
      for (int i = 0; i < decoded.length() && !leadsAway; i++) {
        char c = decoded.charAt(i);
        leadsAway = c == '/' || c == '\\' || Character.isISOControl(c);
      }
      if (leadsAway) {
        throw new RequestException(
            400, "BAD_PATH", "\"" + part + "\" cannot be a part of a path", null);
      }
      parts.add(decoded);
    }
    return parts;
  }

  private static Map<String, String> query(String query) throws RequestException {
    Map<String, String> values = new LinkedHashMap<>();
    if (!query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.put(
            decode(key.replace('+', ' '), "the query"),
            decode(value.replace('+', ' '), "the query"));
      }
    }
    return values;
  }

  private static String decode(String text, String where) throws RequestException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new RequestException(400, "BAD_PATH", where + " has a \"%\" without code", null);
        }
        decoded.put((byte) (high << 4 | low));
        i += 2;
      } else {
        decoded.put(bytes[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new RequestException(400, "BAD_PATH", where + " is not UTF-8", null);
    }
  }
}
