package io.testmesh.engine.run;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of traces and spans: random and not zero (W3C Trace Context, section 3.2.2). They have to
 * differ, not to be secret.
 */
final class SpanIds {
  private SpanIds() {}

  /** An id of a trace: 32 hexadecimal digits. */
  static String trace() {
    return span() + span();
  }

  /** An id of a span: 16 hexadecimal digits. */
  static String span() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }
}
