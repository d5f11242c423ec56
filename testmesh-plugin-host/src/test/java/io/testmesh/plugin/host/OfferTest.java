package io.testmesh.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionHandler;
import io.testmesh.plugin.FakeCheck;
import io.testmesh.plugin.FakeFlow;
import io.testmesh.plugin.Lab;
import io.testmesh.plugin.LeakCheck;
import io.testmesh.plugin.Row;
import io.testmesh.spi.ActionSource.Offer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which action belongs to which plugin, before and after plugins are started. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
final class OfferTest {
  private static final String SCHEMA =
      "{\"type\": \"object\", \"properties\": {\"do\": {\"type\": \"string\", \"description\": \"What\"},"
          + " \"count\": {\"type\": \"integer\"}, \"tags\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}},"
          + " \"required\": [\"do\", \"count\"]}";

  @TempDir private Path folder;

  private static String info(String... actions) {
    StringBuilder list = new StringBuilder();
    for (String action : actions) {
      list.append(list.isEmpty() ? "" : ", ");
      list.append(action.startsWith("{") ? action : "{\"id\": \"" + action + "\"}");
    }
    return "info={\"actions\": [" + list + "]}";
  }

  @Test
  @Row("C32")
  void nothing_is_started_to_offer_what_is_known() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue")) {
      Offer offer = lab.host().offer(Set.of("rogue.act", "rogue"));

      assertThat(offer.handlers()).containsOnlyKeys("rogue.act", "rogue");
      assertThat(offer.handlers().get("rogue.act").descriptor().isConfigOpen()).isTrue();
      assertThat(offer.warnings())
          .containsEntry(
              "rogue.act",
              "the action \"rogue.act\" is not checked: plugin \"rogue\" was not started yet");
      assertThat(lab.notes("rogue", "start")).isEmpty();
    }
  }

  @Test
  @Row({"D38", "D39"})
  void what_was_said_before_is_known_before_the_next_start() throws Exception {
    try (Lab lab =
        new Lab(folder)
            .rogue("rogue", info("{\"id\": \"rogue.act\", \"schema\": " + SCHEMA + "}"))) {
      lab.started("rogue");
    }
    try (Lab lab = new Lab(folder)) {
      Offer offer = lab.host().offer(Set.of("rogue.act", "rogue.ac"));

      assertThat(offer.handlers()).containsOnlyKeys("rogue.act");
      assertThat(offer.warnings()).isEmpty();
      assertThat(offer.refused().get("rogue.ac"))
          .hasToString(
              "Refusal[code=plugin_unknown_action, message=plugin \"rogue\" has no action"
                  + " \"rogue.ac\", hint=did you mean \"rogue.act\"?]");
      assertThat(lab.notes("rogue", "start")).hasSize(1);
    }
  }

  @Test
  void plugins_that_cannot_be_used_are_refused_with_the_cure() throws Exception {
    try (Lab lab = new Lab(folder).rogue("off").rogue("broken").rogue("teller")) {
      lab.folder.enable("off", false);
      lab.file("broken", "manifest.json", "{\"id\": ");
      lab.manifest("teller", Map.of("type", "reporter"));

      Offer offer = lab.start("off.act", "broken.act", "teller");

      assertThat(offer.handlers()).isEmpty();
      assertThat(offer.refused().get("off.act"))
          .hasToString(
              "Refusal[code=plugin_disabled, message=the action \"off.act\" belongs to plugin"
                  + " \"off\", which is disabled, hint=testmesh plugin enable off]");
      assertThat(offer.refused().get("broken.act").code()).isEqualTo("plugin_manifest_syntax");
      assertThat(offer.refused().get("broken.act").message()).contains("broken");
      assertThat(offer.refused().get("teller").message())
          .isEqualTo("plugin \"teller\" is of the type reporter and has no actions");
      assertThat(lab.notes("off", "start")).isEmpty();
    }
  }

  @Test
  void a_name_that_nobody_knows_is_not_offered() throws Exception {
    try (Lab lab = new Lab(folder)) {
      assertThat(lab.start("http_reqest").handlers()).isEmpty();
      assertThat(lab.start("http_reqest").refused()).isEmpty();
    }
  }

  @Test
  @Row("C30")
  void an_action_with_a_foreign_prefix_starts_those_that_may_have_it() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.rogue("my-scraper", info("scraper.extract")).rogue("other");
      assertThat(lab.host().offer(Set.of("scraper.extract")).warnings())
          .containsEntry(
              "scraper.extract",
              "the action \"scraper.extract\" is not checked: plugin \"my-scraper\", \"other\" were"
                  + " not started yet");

      ActionHandler act = lab.start("scraper.extract").handlers().get("scraper.extract");

      FakeFlow flow = new FakeFlow();
      act.beforeFlow(flow, List.of());
      assertThat(flow.warnings)
          .contains(
              "plugin_action_foreign: the action \"scraper.extract\" belongs to plugin"
                  + " \"my-scraper\", whose id is not its prefix");
      assertThat(Lab.call(act, "do", "echo").values()).containsEntry("action", "scraper.extract");
      assertThat(lab.notes("other", "start")).hasSize(1);

      // Now that it is known, nobody else is started for it.
      lab.host().stop("other");
      lab.start("scraper.extract");
      assertThat(lab.notes("other", "start")).hasSize(1);
    }
  }

  @Test
  @Row("C29")
  void an_action_of_two_plugins_belongs_to_the_one_with_its_prefix_or_to_none() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.rogue("a", info("a.act", "shared.act")).rogue("b", info("a.act", "shared.act", "b.act"));

      Offer offer = lab.start("a", "b", "a.act", "shared.act");
      offer = lab.start("a", "b", "a.act", "shared.act");

      assertThat(
              Lab.call(offer.handlers().get("a.act"), "do", "place").values().get("cwd").toString())
          .endsWith("/a");
      assertThat(offer.refused().get("shared.act").message())
          .isEqualTo(
              "the action \"shared.act\" is offered by plugin \"a\" and plugin \"b\", so that none"
                  + " has it");
      assertThat(lab.host().status("b").conflicts())
          .extracting("message")
          .containsExactly(
              "the action \"a.act\" of plugin \"b\" belongs to plugin \"a\" by its prefix",
              "the action \"shared.act\" of plugin \"b\" is offered by another plugin too, so that"
                  + " none has it");
    }
  }

  @Test
  @Row({"C29", "A11"})
  void a_built_in_action_is_never_a_plugins() throws Exception {
    try (Lab lab = new Lab(folder, "log").rogue("rogue", info("log", "rogue.act"))) {
      Offer offer = lab.start("log", "rogue.act");

      assertThat(offer.handlers()).containsOnlyKeys("rogue.act");
      assertThat(lab.host().status("rogue").conflicts())
          .extracting("message")
          .containsExactly(
              "the action \"log\" of plugin \"rogue\" has the name of a built-in one, which is used");
    }
  }

  @Test
  @Row("C31")
  void what_is_valid_in_info_is_kept() throws Exception {
    try (Lab lab =
        new Lab(folder)
            .rogue(
                "rogue",
                info(
                    "rogue.act",
                    "{\"id\": \"two words\"}",
                    "{\"id\": \"rogue.act\"}",
                    "{\"name\": \"no id\"}",
                    "{\"id\": \"rogue.remote\", \"schema\": {\"$ref\": \"http://127.0.0.1:1/schema\"}}",
                    "{\"id\": \"rogue.bad\", \"schema\": {\"type\": \"strange\", \"pattern\": \"(\"}}",
                    "{\"id\": \"rogue.text\", \"schema\": \"none\"}"))) {
      Offer offer = lab.start("rogue.act", "rogue.remote", "rogue.bad", "rogue.text");

      assertThat(offer.handlers()).hasSize(4);
      FakeFlow flow = new FakeFlow();
      for (ActionHandler handler : offer.handlers().values()) {
        handler.beforeFlow(flow, List.of());
        FakeCheck check = new FakeCheck(Map.of("n", 1L));
        handler.check(check);
        assertThat(check.faults).isEmpty();
      }
      assertThat(String.join("\n", flow.warnings))
          .contains("an action with the id \"two words\", which cannot be used")
          .contains("has the action \"rogue.act\" twice; the first one counts")
          .contains("an action with the id \"null\", which cannot be used")
          .contains("the schema of the action \"rogue.text\" is no object")
          .contains(
              "the schema of the action \"rogue.remote\" is not used: it refers to"
                  + " \"http://127.0.0.1:1/schema\", which is outside of it and is not fetched")
          .contains("the schema of the action \"rogue.bad\" is not used: it is no JSON Schema");
    }
  }

  @Test
  @Row("C31")
  void a_thousand_actions_are_enough() throws Exception {
    String[] many = new String[1200];
    for (int i = 0; i < many.length; i++) {
      many[i] = "rogue.a" + i;
    }
    try (Lab lab = new Lab(folder).rogue("rogue", info(many))) {
      lab.started("rogue.a999");

      assertThat(lab.host().status("rogue").actions()).hasSize(1000);
      assertThat(lab.start("rogue.a1000").refused()).containsKey("rogue.a1000");
    }
  }

  @Test
  @Row("D39")
  void the_schema_becomes_keys_and_checks_what_is_known_already() throws Exception {
    try (Lab lab =
        new Lab(folder)
            .rogue(
                "rogue",
                info(
                    "{\"id\": \"rogue.act\", \"description\": \"Acts\", \"schema\": "
                        + SCHEMA
                        + "}"))) {
      lab.manifest("rogue", Map.of("config", Map.of("count", 7L)));
      ActionHandler act = lab.started("rogue.act");

      ActionDescriptor descriptor = act.descriptor();
      assertThat(descriptor.id()).isEqualTo("rogue.act");
      assertThat(descriptor.description()).isEqualTo("Acts");
      assertThat(descriptor.keys()).extracting("name").containsExactly("do", "count", "tags");
      // The manifest's configuration has a count already.
      assertThat(descriptor.keys()).extracting("required").containsExactly(true, false, false);
      FakeCheck check =
          new FakeCheck(Lab.map("do", 5L, "count", "${n}", "tags", List.of("a", 2L, "${t}")));
      act.check(check);
      assertThat(check.faults)
          .containsExactlyInAnyOrder(
              "[do] Value is [integer] but should be [string], as the schema of the action \"rogue.act\""
                  + " says",
              "[tags, 1] Value is [integer] but should be [string], as the schema of the action"
                  + " \"rogue.act\" says");
      FakeCheck empty = new FakeCheck(Map.of("count", 1L));
      act.check(empty);
      assertThat(empty.faults)
          .containsExactly("[] missing: do, as the schema of the action \"rogue.act\"" + " says");
    }
  }

  @Test
  @Row({"D39", "O10"})
  void the_manifests_configuration_lies_under_the_steps() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue")) {
      lab.manifest(
          "rogue",
          Map.of(
              "config", Lab.map("retries", 2L, "depth", Lab.map("a", 1L, "b", 2L), "do", "exit")));

      Map<String, Object> sent =
          Lab.call(
                  lab.started("rogue.act"),
                  "do",
                  "echo",
                  "depth",
                  Lab.map("b", 9L, "c", List.of(1L)))
              .values();

      assertThat(sent.get("config"))
          .isEqualTo(
              Lab.map(
                  "retries",
                  2L,
                  "depth",
                  Lab.map("a", 1L, "b", 9L, "c", List.of(1L)),
                  "do",
                  "echo"));
    }
  }

  @Test
  void keys_that_the_schema_does_not_name_are_warned_of_once() throws Exception {
    try (Lab lab =
        new Lab(folder)
            .rogue("rogue", info("{\"id\": \"rogue.act\", \"schema\": " + SCHEMA + "}"))) {
      ActionHandler act = lab.start("rogue.act").handlers().get("rogue.act");
      FakeFlow flow = new FakeFlow();

      act.beforeFlow(
          flow, List.of(Map.of("do", "x", "cuont", 1L), Map.of("cuont", 2L, "zebra", 3L)));

      assertThat(flow.warnings)
          .containsExactly(
              "plugin_unknown_key: the schema of the action \"rogue.act\" does not name the key"
                  + " \"cuont\", which is sent all the same; did you mean \"count\"?",
              "plugin_unknown_key: the schema of the action \"rogue.act\" does not name the key"
                  + " \"zebra\", which is sent all the same; it names do, count, tags");
    }
  }

  @Test
  void everything_known_is_listed() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue", info("rogue.act", "rogue.other")).rogue("idle")) {
      lab.started("rogue.act");

      assertThat(lab.host().known().handlers())
          .containsOnlyKeys("idle", "rogue", "rogue.act", "rogue.other");
    }
  }

  @Test
  @Row("B21")
  void what_is_installed_during_a_run_changes_nothing_for_it() throws Exception {
    try (Lab lab = new Lab(folder).rogue("rogue")) {
      ActionHandler begun = lab.started("rogue.act");
      Object process = Lab.call(begun, "do", "place").values().get("pid");

      lab.rogue("other").manifest("rogue", Map.of("version", "2.0.0"));

      assertThat(lab.started("other.act")).isNotNull();
      assertThat(Lab.call(begun, "do", "place").values()).containsEntry("pid", process);
      assertThat(lab.notes("rogue", "start")).hasSize(1);
    }
  }
}
