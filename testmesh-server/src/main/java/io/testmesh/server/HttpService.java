package io.testmesh.server;

import java.io.IOException;

/** Takes HTTP requests on a port: the one place where the server in use is known. */
interface HttpService extends AutoCloseable {

  /** Answers one request; called by several threads at once. */
  @FunctionalInterface
  interface Handler {
    /** Answers; an {@link IOException} means that the other side went away. */
    void handle(Exchange exchange) throws IOException;
  }

  /** Begins to take requests. */
  void start(Handler handler);

  /** The port, also where any free one was asked for. */
  int port();

  /** Takes no more requests; those in work are given a moment, then cut off. */
  @Override
  void close();
}
