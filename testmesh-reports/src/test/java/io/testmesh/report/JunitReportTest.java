package io.testmesh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.flow.SourceSpan;
import io.testmesh.result.Failure;
import io.testmesh.result.FlowResult;
import io.testmesh.result.Problem;
import io.testmesh.result.RunStatus;
import io.testmesh.result.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JunitReportTest {
  @Test
  void a_suite_is_a_file_and_totals_are_right() throws Exception {
    FlowResult[] flows = {
      Samples.failed(1, "second", "flows/b.yaml"),
      Samples.passed(0, "first", "flows/a.yaml"),
      stopped(2, Status.ERROR),
      stopped(3, Status.CANCELLED),
      stopped(4, Status.SKIPPED),
    };

    String xml =
        Samples.write(new JunitReportFormat(), Samples.run(RunStatus.FAILED, flows), flows);

    Element root = parse(xml).getDocumentElement();
    assertThat(counts(root)).isEqualTo("5 1 2 1");
    assertThat(root.getAttribute("time")).isEqualTo("1.200");
    NodeList suites = root.getElementsByTagName("testsuite");
    assertThat(element(suites, 0).getAttribute("name")).isEqualTo("flows/a.yaml");
    assertThat(counts(element(suites, 0))).isEqualTo("1 0 0 0");
    assertThat(element(suites, 1).getAttribute("name")).isEqualTo("flows/b.yaml");
    assertThat(counts(element(suites, 1))).isEqualTo("1 1 0 0");
    assertThat(counts(element(suites, 2))).isEqualTo("3 0 2 1");
    Element failed = element(element(suites, 1).getElementsByTagName("testcase"), 0);
    assertThat(failed.getAttribute("classname")).isEqualTo("flows.b");
    assertThat(failed.getAttribute("time")).isEqualTo("0.212");
    Element failure = element(failed.getElementsByTagName("failure"), 0);
    assertThat(failure.getAttribute("type")).isEqualTo("assertion_failed");
    assertThat(failure.getAttribute("message")).isEqualTo("it does not hold");
    assertThat(failure.getTextContent())
        .startsWith("FAILED  second  (flows/b.yaml:1)  212 ms\n")
        .contains("orders.yaml:21:9 it does not hold");
  }

  @Test
  void rows_have_names_of_their_own_in_the_order_of_rows() throws Exception {
    FlowResult[] flows = new FlowResult[3];
    for (int i = 0; i < 3; i++) {
      flows[2 - i] =
          Samples.flow(i, "login", "login.yaml", Status.PASSED).row(Map.of("n", (long) i)).build();
    }

    String xml =
        Samples.write(new JunitReportFormat(), Samples.run(RunStatus.PASSED, flows), flows);

    assertThat(names(xml)).isEqualTo("login [1], login [2], login [3]");
  }

  @Test
  void every_problem_is_an_error_and_warnings_are_not() throws Exception {
    Problem first = Problem.error("unknown_key", "odd \"a\"", Samples.PLACE, null);
    Problem again = Problem.error("unknown_key", "odd too", Samples.PLACE, null);
    Problem warning = Problem.warning("x", "y", new SourceSpan("w.yaml", 1, 1, 1, 2), null);

    String xml = Samples.write(new JunitReportFormat(), Samples.invalid(first, again, warning));

    assertThat(names(xml))
        .isEqualTo("orders.yaml:21:9 unknown_key, orders.yaml:21:9 unknown_key [2]");
    Element root = parse(xml).getDocumentElement();
    assertThat(counts(root)).isEqualTo("2 0 2 0");
    assertThat(element(root.getElementsByTagName("error"), 0).getAttribute("message"))
        .isEqualTo("odd \"a\"");
  }

  @Test
  void any_text_gives_well_formed_xml() throws Exception {
    StringBuilder all = new StringBuilder("]]> <b> & \"c\" 'd' 🎈 \uD83C x \uDF88\r\n\t");
    for (int c = 0; c < 0xFFFF; c += c < 0x300 ? 1 : 0xFB) {
      all.append((char) c);
    }
    all.append("\uFFFE\uFFFF");
    String text = all.toString();
    FlowResult flow =
        Samples.flow(0, text, text, Status.FAILED)
            .failure(Failure.builder("code", text).build())
            .build();

    String xml = Samples.write(new JunitReportFormat(), Samples.run(RunStatus.FAILED, flow), flow);

    Element failure = element(parse(xml).getDocumentElement().getElementsByTagName("failure"), 0);
    assertThat(failure.getAttribute("message"))
        .startsWith("]]> <b> & \"c\" 'd' 🎈 \uFFFD x \uFFFD\r\n\t\uFFFD");
  }

  @Test
  void a_flow_made_in_java_has_a_suite_too() throws Exception {
    FlowResult flow = Samples.passed(0, "made", "");
    FlowResult same = Samples.passed(1, "made", "");

    assertThat(
            names(
                Samples.write(
                    new JunitReportFormat(), Samples.run(RunStatus.PASSED, flow), flow, same)))
        .isEqualTo("made, made [2]");
  }

  private static FlowResult stopped(int index, Status status) {
    return Samples.flow(index, "flow " + index, "flows/c.yaml", status).build();
  }

  private static String names(String xml) throws Exception {
    NodeList cases = parse(xml).getDocumentElement().getElementsByTagName("testcase");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < cases.getLength(); i++) {
      names.append(i == 0 ? "" : ", ").append(element(cases, i).getAttribute("name"));
    }
    return names.toString();
  }

  private static String counts(Element element) {
    return element.getAttribute("tests")
        + " "
        + element.getAttribute("failures")
        + " "
        + element.getAttribute("errors")
        + " "
        + element.getAttribute("skipped");
  }

  private static Element element(NodeList list, int index) {
    return (Element) list.item(index);
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
