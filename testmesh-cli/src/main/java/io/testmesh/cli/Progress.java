package io.testmesh.cli;

import io.testmesh.event.RunEvent;
import io.testmesh.event.RunListener;
import io.testmesh.result.Diagnosis;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.ResultNode;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows a run while it goes on: a line for each flow that ended, and on a terminal a last line that
 * is drawn again at most ten times a second.
 */
final class Progress implements RunListener, Runnable, AutoCloseable {
  private static final long FRAME_MILLIS = 100;
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final String CLEAR = "\r\u001b[K";
  private static final int WIDEST_NAME = 40;

  private final Printer printer;
  private final boolean quiet;
  private final boolean verbose;
  private final long began = System.nanoTime();

  /** The problems that were shown, or will be at the end. */
  private final Set<String> shown = new HashSet<>();

  private Thread ticker = Thread.currentThread();
  private boolean ticking;
  private boolean drawn;
  private String latest = "";
  private int total;
  private int done;
  private int frame;

  Progress(Printer printer, boolean quiet, boolean verbose) {
    this.printer = printer;
    this.quiet = quiet;
    this.verbose = verbose;
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.FlowFinished finished) {
      done++;
      finished(finished.flow());
    } else if (event instanceof RunEvent.FlowStarted started) {
      latest = started.name();
    } else if (event instanceof RunEvent.RunStarted started) {
      total = started.flows();
      for (Problem problem : started.problems()) {
        shown.add(problem.toString());
      }
      if (printer.isTerminal() && !ticking) {
        ticking = true;
        ticker = new Thread(this, "testmesh-progress");
        ticker.setDaemon(true);
        ticker.start();
      }
    }
  }

  private void finished(FlowResult flow) {
    boolean neverStarted = flow.status() == Status.CANCELLED && flow.counts().ran() == 0;
    if (quiet || neverStarted) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(flow.status().key()).append(flow.status() == Status.ERROR ? "   " : "  ");
    text.append(Diagnosis.line(flow.name()));
    if (!flow.file().isEmpty()) {
      text.append("  (").append(Diagnosis.line(flow.file())).append(')');
    }
    text.append("  ").append(Diagnosis.duration(flow.duration())).append('\n');
    if (verbose) {
      steps(text, flow.steps());
    }
    for (Problem warning : flow.warnings()) {
      // Rows of a flow have the same ones.
      if (shown.add(warning.toString())) {
        text.append(Diagnosis.of(warning));
      }
    }
    if (drawn) {
      printer.raw(CLEAR);
      drawn = false;
    }
    printer.print(text.toString());
  }

  private static void steps(StringBuilder text, List<ResultNode> nodes) {
    for (ResultNode node : nodes) {
      if (node instanceof StepResult step) {
        text.append(Diagnosis.of(step));
      }
      steps(text, node.children());
    }
  }

  /** Draws the last line until the end; a run that is over before the first frame shows none. */
  @Override
  public synchronized void run() {
    try {
      while (ticking) {
        wait(FRAME_MILLIS);
        if (ticking) {
          draw();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw() {
    StringBuilder text = new StringBuilder(CLEAR);
    frame = (frame + 1) % SPINNER.length();
    text.append(SPINNER.charAt(frame)).append(' ').append(done).append('/').append(total);
    text.append(total == 1 ? " flow  " : " flows  ");
    text.append(Diagnosis.duration(Duration.ofNanos(System.nanoTime() - began))).append("  ");
    appendCut(text, Diagnosis.line(latest));
    printer.raw(text.toString());
    drawn = true;
  }

  /** The line must not wrap, or it could not be drawn again; wide characters count twice. */
  private static void appendCut(StringBuilder to, String name) {
    int width = 0;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int letter = name.codePointAt(i);
      width += letter < 0x1100 ? 1 : 2;
      if (width > WIDEST_NAME) {
        to.append('…');
        return;
      }
      to.appendCodePoint(letter);
    }
  }

  /** Ends the drawing and clears its line. */
  @Override
  public void close() {
    Thread thread;
    synchronized (this) {
      if (!ticking) {
        return;
      }
      ticking = false;
      notifyAll();
      thread = ticker;
    }
    boolean interrupted = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    synchronized (this) {
      if (drawn) {
        printer.raw(CLEAR);
        drawn = false;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
