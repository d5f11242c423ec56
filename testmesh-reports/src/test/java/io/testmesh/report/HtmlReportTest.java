package io.testmesh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.flow.SourceSpan;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private final HtmlReportFormat format = new HtmlReportFormat();

  @Test
  void nothing_is_loaded_and_only_the_page_s_own_script_and_style_are_allowed() throws Exception {
    String page = Samples.write(format, Samples.run(RunStatus.PASSED));

    assertThat(page)
        .startsWith("<!doctype html>\n")
        .endsWith("</html>\n")
        .doesNotContain("src=", "href=", "url(", "@import", "http:", "https:", "style=\"")
        .contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '"
                + hash(between(page, "<style>", "</style>"))
                + "'; script-src '"
                + hash(between(page, "<script>", "</script>"))
                + "'; base-uri 'none'; form-action 'none'\">");
  }

  @Test
  void no_value_can_end_the_data_or_start_markup() throws IOException {
    String hostile = HtmlSamples.HOSTILE;
    FlowResult flow =
        Samples.flow(0, hostile, hostile, Status.FAILED)
            .failure(Samples.failure().toBuilder().message(hostile).step(hostile).build())
            .tags(List.of(hostile))
            .build();
    Problem problem = Problem.warning("x", hostile, SourceSpan.NONE, hostile);

    String page = Samples.write(format, Samples.run(RunStatus.FAILED, flow), flow);
    String invalid = Samples.write(format, Samples.invalid(problem));

    for (String written : List.of(page, invalid)) {
      String data = between(written, "<script type=\"application/json\" id=\"run\">", "</script>");
      assertThat(data).endsWith("]}").doesNotContain("<", ">", "&", "\u2028", "\u2029");
      assertThat(data).contains("\\u003C/script\\u003E", "\\u2028");
    }
  }

  @Test
  void flows_are_in_the_order_of_selection_however_they_end() throws IOException {
    FlowResult[] flows = HtmlSamples.many(60);
    FlowResult[] ended = flows.clone();
    for (int i = 0; i < ended.length; i++) {
      ended[i] = flows[(i * 7 + 3) % 60];
    }

    String page = Samples.write(format, Samples.run(RunStatus.PASSED, ended), ended);

    int from = 0;
    for (int i = 0; i < 60; i++) {
      int at = page.indexOf("\n{\"index\":" + i + ",", from);
      assertThat(at).as("flow %s", i).isGreaterThan(from);
      from = at;
    }
  }

  @Test
  void steps_are_the_same_records_as_in_the_json_report() throws IOException {
    FlowResult[] flows = HtmlSamples.many(3);
    String json =
        Samples.write(new JsonReportFormat(), Samples.run(RunStatus.PASSED, flows), flows);

    String page = Samples.write(format, Samples.run(RunStatus.PASSED, flows), flows);

    String steps = inflate(between(page, "id=\"chunk0\">", "</script>"));
    assertThat(steps).startsWith("[{\"steps\":[").endsWith("]}]");
    for (String flow : steps.substring(1, steps.length() - 1).split("(?<=]}),(?=\\{\"steps\")")) {
      assertThat(json).contains(flow.substring(1));
    }
  }

  @Test
  void steps_of_many_flows_are_in_several_chunks_and_each_flow_knows_its_place()
      throws IOException {
    FlowResult[] flows = HtmlSamples.many(60);

    String page = Samples.write(format, Samples.run(RunStatus.PASSED, flows), flows);

    for (int i = 0; i < 60; i++) {
      String entry = between(page, "\n{\"index\":" + i + ",", "\"ran\"");
      String chunk = between(entry, "\"chunk\":", ",");
      int place = Integer.parseInt(between(entry, "\"place\":", ","));
      String steps = inflate(between(page, "id=\"chunk" + chunk + "\">", "</script>"));
      assertThat(steps.split("\\{\"steps\":\\[\\{", -1)[place + 1])
          .contains("http://127.0.0.1:8080/orders/" + i * 1000 + "\"");
    }
    assertThat(page).contains("id=\"chunk1\"");
  }

  private static String inflate(String base64) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(base64);
    try (InflaterInputStream stream =
        new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(true))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String hash(String text) throws Exception {
    byte[] bytes =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(bytes);
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start);
    assertThat(from).as(start).isNotNegative();
    from += start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
