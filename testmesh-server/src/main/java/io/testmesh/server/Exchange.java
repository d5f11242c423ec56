package io.testmesh.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** One request and its answer. Used by one thread, and closed by the service. */
interface Exchange {

  /** The method, in capitals. */
  String method();

  /** The path as it was sent, encoded. */
  String path();

  /** The query as it was sent, encoded; empty without one. */
  String query();

  /** All values of a header, whose name is given in any case. */
  List<String> headers(String name);

  /**
   * Reads the body.
   *
   * @throws RequestException when it is larger than that many bytes
   */
  byte[] body(int most) throws IOException, RequestException;

  /** Sends a whole answer. */
  void send(int status, Map<String, String> headers, byte[] body) throws IOException;

  /** Begins an answer of unknown length; closing the stream ends it. */
  OutputStream stream(int status, Map<String, String> headers) throws IOException;
}
