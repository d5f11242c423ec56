package io.testmesh.server;

import java.io.IOException;
import java.util.List;

/**
 * What is answered to one method on one kind of path.
 *
 * @param method in capitals
 * @param path its parts; one in braces stands for any text: {@code plugins}, {@code {id}}
 * @param handler answers it
 */
record Route(String method, List<String> path, Handler handler) {

  /** Answers a request of this route. */
  @FunctionalInterface
  interface Handler {
    /** Gives the answer, or refuses. */
    Answer handle(Request request) throws IOException, RequestException, InterruptedException;
  }

  /** A route below {@code /api/v1}, such as {@code /plugins/{id}}. */
  static Route of(String method, String path, Handler handler) {
    return new Route(method, List.of(("api/v1" + path).split("/", -1)), handler);
  }

  /** The path as people write it. */
  String template() {
    return "/" + String.join("/", path);
  }

  static boolean isOpen(String part) {
    return part.startsWith("{");
  }
}
