package io.testmesh.engine.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Where events stand in the text, as UTF-16 offsets. */
final class EventPlaces {
  private final SourceText source;

  EventPlaces(SourceText source) {
    this.source = source;
  }

  /** Where the content begins: snakeyaml-engine counts anchor and tag in. */
  int start(Event event) {
    int at = mark(event.getStartMark());
    if (!hasProperties(event)) {
      return at;
    }
    String text = source.text();
    int end = mark(event.getEndMark());
    while (at < end && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
      while (at < end && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      while (at < end && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
    return at;
  }

  private static boolean hasProperties(Event event) {
    if (event instanceof AliasEvent || !(event instanceof NodeEvent node)) {
      return false;
    }
    return node.getAnchor().isPresent()
        || node instanceof ScalarEvent scalar && scalar.getTag().isPresent()
        || node instanceof CollectionStartEvent collection && collection.getTag().isPresent();
  }

  /** The end without the white space that block texts and maps take along. */
  int end(Event event, int start) {
    String text = source.text();
    int end = mark(event.getEndMark());
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return Math.max(start, end);
  }

  /** The offset of a mark. */
  int mark(Optional<Mark> mark) {
    return mark.isPresent() ? source.offset(mark.get().getIndex()) : 0;
  }
}
