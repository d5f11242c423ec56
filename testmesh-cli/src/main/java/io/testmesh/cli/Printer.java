package io.testmesh.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Prints text for people in UTF-8, whole texts at once. Safe for use by several threads. */
final class Printer {
  private final OutputStream stream;
  private final boolean terminal;
  private final boolean colored;
  private boolean broken;

  Printer(OutputStream stream, boolean terminal, boolean colored) {
    this.stream = stream;
    this.terminal = terminal;
    this.colored = colored;
  }

  /** Whether somebody watches, so that a line can be drawn again. */
  boolean isTerminal() {
    return terminal;
  }

  /** Prints a text, coloured where that is wanted. */
  void print(String text) {
    raw(colored ? Colors.paint(text) : text);
  }

  /** Prints a text and ends the line. */
  void line(String text) {
    print(text + "\n");
  }

  /** Prints a text as it is. */
  synchronized void raw(String text) {
    if (broken || text.isEmpty()) {
      return;
    }
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      // Whoever read this went away (`testmesh run | head`); the run and its reports go on.
      broken = true;
    }
  }
}
