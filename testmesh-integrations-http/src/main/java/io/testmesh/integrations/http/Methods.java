package io.testmesh.integrations.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Methods of requests. */
final class Methods {
  private Methods() {}

  /** The method as it is sent; GET when there is none. */
  static String of(@Nullable Object written) {
    return written == null ? "GET" : written.toString().trim().toUpperCase(Locale.ROOT);
  }
}
