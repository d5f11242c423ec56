package io.testmesh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.testmesh.event.RunEvent;
import io.testmesh.flow.Phase;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Outcome;
import io.testmesh.result.ResultNode;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import io.testmesh.result.StepResult;
import io.testmesh.spi.ReportFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several reports of one run. */
@Timeout(60)
class ReportThreadTest {
  private final Map<Class<?>, Object> shared = new HashMap<>();
  private final List<ReportFormat.Report> reports = new ArrayList<>();

  @AfterEach
  void no_thread_is_left() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("testmesh-reports"));
  }

  @Test
  void reports_of_one_run_say_the_same_as_each_alone() throws IOException {
    FlowResult[] flows = HtmlSamples.many(70);
    flows[3] = HtmlSamples.failing(3);
    List<ReportFormat> formats =
        List.of(
            new HtmlReportFormat(),
            new JsonReportFormat(),
            new NdjsonReportFormat(),
            new JunitReportFormat());
    List<ByteArrayOutputStream> outs = new ArrayList<>();
    for (ReportFormat format : formats) {
      outs.add(new ByteArrayOutputStream());
      open(format, outs.get(outs.size() - 1));
    }

    send(flows);
    for (ReportFormat.Report report : reports) {
      report.finish();
    }

    for (int i = 0; i < formats.size(); i++) {
      assertThat(outs.get(i).toString(StandardCharsets.UTF_8))
          .isEqualTo(Samples.write(formats.get(i), Samples.run(RunStatus.FAILED, flows), flows));
    }
  }

  @Test
  void a_report_that_breaks_is_named_at_its_end_and_the_others_go_on() throws IOException {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalArgumentException("odd value");
          }
        };
    StepResult step =
        StepResult.builder("odd", Phase.STEPS, "log", new Outcome.Passed())
            .outputs(Map.of("x", broken))
            .build();
    FlowResult flow = Samples.flow(0, "f", "f.yaml", Status.PASSED).steps(List.of(step)).build();
    ByteArrayOutputStream junit = new ByteArrayOutputStream();
    open(new NdjsonReportFormat(), new ByteArrayOutputStream());
    open(new JunitReportFormat(), junit);

    send(flow);

    assertThatThrownBy(reports.get(0)::finish)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("odd value");
    reports.get(1).finish();
    assertThat(junit.toString(StandardCharsets.UTF_8)).endsWith("</testsuites>\n");
  }

  @Test
  void a_full_disk_is_said_at_the_end_and_holds_nobody_up() throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    open(new NdjsonReportFormat(), new FullDisk());
    open(new JsonReportFormat(), json);

    send(HtmlSamples.many(30));

    assertThatThrownBy(reports.get(0)::finish)
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
    reports.get(1).finish();
    assertThat(json.toString(StandardCharsets.UTF_8)).endsWith("]}\n");
  }

  @Test
  void a_run_waits_for_a_slow_report_rather_than_fill_the_memory() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    open(new NdjsonReportFormat(), new Gated(gate, out));
    FlowResult[] flows = HtmlSamples.many(30);
    Thread run = new Thread(() -> send(flows), "the-run");
    run.start();
    while (run.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    gate.countDown();
    run.join();
    reports.get(0).finish();

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2 + 30 * 22);
  }

  @Test
  void whoever_reads_the_events_at_any_moment_finds_whole_lines() throws IOException {
    List<String> ends = new ArrayList<>();
    open(
        new NdjsonReportFormat(),
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            ends.add(new String(bytes, from + length - 2, 2, StandardCharsets.UTF_8));
          }
        });

    send(HtmlSamples.many(30));
    reports.get(0).finish();

    assertThat(ends).hasSizeGreaterThan(3).containsOnly("}\n");
  }

  private void open(ReportFormat format, OutputStream out) {
    reports.add(format.open(new SharedTarget(out)));
  }

  private void send(FlowResult... flows) {
    send(new RunEvent.RunStarted("run-1", Samples.START, flows.length, List.of()));
    for (FlowResult flow : flows) {
      send(
          new RunEvent.FlowStarted(flow.index(), flow.name(), flow.file(), 1, null, Samples.START));
      for (ResultNode node : flow.steps()) {
        send(new RunEvent.StepFinished(flow.index(), (StepResult) node, null, 0));
      }
      send(new RunEvent.FlowFinished(flow));
    }
    send(new RunEvent.RunFinished(Samples.run(RunStatus.FAILED, flows)));
  }

  private void send(RunEvent event) {
    for (ReportFormat.Report report : reports) {
      report.on(event);
    }
  }

  private final class SharedTarget implements ReportFormat.Target {
    private final OutputStream out;

    SharedTarget(OutputStream out) {
      this.out = out;
    }

    @Override
    public OutputStream open() {
      return out;
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<? extends T> maker) {
      return type.cast(shared.computeIfAbsent(type, key -> maker.get()));
    }
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("no space left");
    }
  }

  /** Takes nothing before the gate is open. */
  private static final class Gated extends OutputStream {
    private final CountDownLatch gate;
    private final OutputStream out;

    Gated(CountDownLatch gate, OutputStream out) {
      this.gate = gate;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      out.write(b);
    }
  }
}
