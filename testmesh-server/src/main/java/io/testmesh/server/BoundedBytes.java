package io.testmesh.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what is written, up to a limit; beyond it, writing fails. */
final class BoundedBytes extends OutputStream {
  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  BoundedBytes(int most) {
    this.most = most;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    if (bytes.size() + (long) length > most) {
      throw new IOException("more than " + most + " bytes");
    }
    bytes.write(data, offset, length);
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
