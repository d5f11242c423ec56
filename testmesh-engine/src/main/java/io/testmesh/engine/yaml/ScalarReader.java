package io.testmesh.engine.yaml;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Gives scalars their values, and refuses tags that the core schema does not have. */
final class ScalarReader {
  private final EventPlaces places;
  private final FormProblems problems;

  ScalarReader(EventPlaces places, FormProblems problems) {
    this.places = places;
    this.problems = problems;
  }

  YamlScalar read(ScalarEvent event) {
    int start = places.start(event);
    int end = places.end(event, start);
    String text = event.getValue();
    if (event.getTag().isPresent() && !event.getTag().get().equals("!")) {
      return new YamlScalar(tagged(event.getTag().get(), event, text), start, end);
    }
    if (!event.isPlain() || event.getTag().isPresent()) {
      return new YamlScalar(text, start, end);
    }
    try {
      return new YamlScalar(CoreSchema.value(text), start, end);
    } catch (NumberFormatException e) {
      problems.add(
          FormProblems.INVALID,
          String.valueOf(e.getMessage()),
          start,
          end,
          "as a text, put it in quotes");
      return new YamlScalar(text, start, end);
    }
  }

  private @Nullable Object tagged(String tag, ScalarEvent event, String text) {
    if (tag.equals(StandardTags.TEXT)) {
      return text;
    }
    if (!StandardTags.isScalar(tag)) {
      unknownTag(tag, event);
      return text;
    }
    Object value = text;
    try {
      value = CoreSchema.value(text);
    } catch (NumberFormatException e) {
      // Then it is not what the tag says either.
    }
    if (!StandardTags.fits(tag, value)) {
      int start = places.start(event);
      int end = places.end(event, start);
      problems.add(FormProblems.INVALID, "the value is not what its tag says", start, end, null);
    }
    return value;
  }

  /** Refuses a tag that says something else than the form of the collection. */
  void checkTag(CollectionStartEvent event, boolean map) {
    Optional<String> tag = event.getTag();
    String wanted = map ? "map" : "seq";
    if (tag.isPresent()
        && !tag.get().equals("!")
        && !tag.get().equals(StandardTags.PREFIX + wanted)) {
      unknownTag(tag.get(), event);
    }
  }

  private void unknownTag(String tag, Event event) {
    int start = places.mark(event.getStartMark());
    boolean standard = tag.startsWith(StandardTags.PREFIX);
    String shown = standard ? "!!" + tag.substring(StandardTags.PREFIX.length()) : tag;
    problems.add(
        YamlDocument.SYNTAX,
        "the tag \"" + shown + "\" has no meaning here",
        start,
        start + 1,
        standard ? null : "put a text that begins with ! in quotes");
  }
}
