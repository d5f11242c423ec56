package io.testmesh.server;

import io.testmesh.plugin.PluginException;

/** Failures of plugins as answers: the code stays, the status says whose fault it is. */
final class PluginFailure {
  private PluginFailure() {}

  static RequestException of(PluginException failure) {
    return new RequestException(
        status(failure.code()),
        failure.code(),
        String.valueOf(failure.getMessage()),
        failure.hint().orElse(null));
  }

  private static int status(String code) {
    return switch (code) {
      case "NOT_FOUND" -> 404;
      case "INSECURE_URL" -> 400;
      case "ALREADY_INSTALLED",
          "ID_BUILTIN_CLASH",
          "ID_DUPLICATE",
          "DISABLED",
          "DIR_LOCKED",
          "TARGET_EXISTS",
          "UPGRADE_FAILED" ->
          409;
      case "SOURCE_TOO_LARGE", "ARCHIVE_TOO_LARGE", "TOO_LARGE" -> 413;
      case "INSTALL_IO", "STOP_FAILED", "DIR_READ_ONLY", "DIR_UNUSABLE", "STATE_UNREADABLE" -> 500;
      case "DOWNLOAD", "REGISTRY" -> 502;
      case "CANCELLED" -> 503;
      default -> code.startsWith("START_") || code.equals("CRASH_LOOP") ? 500 : 422;
    };
  }
}
