package io.testmesh.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * The streams of the process.
 *
 * @param in standard input
 * @param out standard output, not buffered
 * @param err standard error, not buffered
 * @param terminals the file descriptors that are terminals, such as {@code 12}; the launcher knows
 * @param environment the variables of the process
 */
record Io(
    InputStream in,
    OutputStream out,
    OutputStream err,
    String terminals,
    Map<String, String> environment) {

  static Io ofProcess() {
    return new Io(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.getProperty("testmesh.terminals", ""),
        System.getenv());
  }

  /** A printer to standard output. */
  Printer outPrinter(Arguments arguments) throws UsageException {
    return new Printer(out, isTerminal('1'), isColored(arguments, '1'));
  }

  /** A printer to standard error. */
  Printer errPrinter(Arguments arguments) throws UsageException {
    return new Printer(err, isTerminal('2'), isColored(arguments, '2'));
  }

  private boolean isTerminal(char descriptor) {
    return terminals.indexOf(descriptor) >= 0 && !"dumb".equals(environment.get("TERM"));
  }

  private boolean isColored(Arguments arguments, char descriptor) throws UsageException {
    String wish = arguments.valueOr("--color", "auto");
    switch (wish) {
      case "always":
        return true;
      case "never":
        return false;
      case "auto":
        String noColor = environment.get("NO_COLOR");
        return isTerminal(descriptor) && (noColor == null || noColor.isEmpty());
      default:
        throw new UsageException("--color takes auto, always or never, not \"" + wish + "\"");
    }
  }
}
