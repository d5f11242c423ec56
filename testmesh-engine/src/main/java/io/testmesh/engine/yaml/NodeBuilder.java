package io.testmesh.engine.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;

/** Makes nodes of the events of one text. For one use. */
final class NodeBuilder {
  private final SourceText source;
  private final ParserImpl parser;
  private final YamlLimits limits;
  private final FormProblems problems;
  private final EventPlaces places;
  private final ScalarReader scalars;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final Deque<Integer> openings = new ArrayDeque<>();
  private int deepest;
  private int lastEnd;
  private int nodes;
  private int repeated;
  private boolean complete;
  private int secondDocument = -1;

  NodeBuilder(SourceText source, ParserImpl parser, YamlLimits limits, FormProblems problems) {
    this.source = source;
    this.parser = parser;
    this.limits = limits;
    this.problems = problems;
    this.places = new EventPlaces(source);
    this.scalars = new ScalarReader(places, problems);
  }

  /** A node that aliases can repeat, with its cost: nodes and levels below it. */
  private record Anchored(@Nullable YamlNode node, int nodes, int levels) {}

  /** Ends the reading; what is wrong stands in the list of problems. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable() {
      super(null, null, false, false);
    }
  }

  /** The root of each document; fewer than there are when the text cannot be read to its end. */
  List<YamlNode> documents() {
    List<YamlNode> roots = new ArrayList<>(1);
    try {
      while (true) {
        Event event = next();
        switch (event.getEventId()) {
          case StreamEnd:
            complete = true;
            return roots;
          case DocumentStart:
            if (roots.size() == 1) {
              secondDocument = places.mark(event.getStartMark());
            }
            roots.add(node(next()));
            break;
          default:
            break;
        }
      }
    } catch (Unreadable e) {
      return roots;
    }
  }

  /** Whether the text was read to its end. */
  boolean isComplete() {
    return complete;
  }

  /** Where the second document begins, or -1. */
  int secondDocument() {
    return secondDocument;
  }

  private Event next() {
    try {
      Event event = parser.next();
      lastEnd = places.mark(event.getEndMark());
      return event;
    } catch (YamlEngineException e) {
      problems.add(SyntaxErrors.problem(source, e, openBracket()));
    } catch (IllegalArgumentException e) {
      // Character.toChars, for an escape beyond U+10FFFF.
      int escape = Math.max(source.text().indexOf("\\U", lastEnd), lastEnd);
      problems.add(
          YamlDocument.SYNTAX,
          "this escape names no character of Unicode",
          escape,
          Math.min(escape + 10, source.text().length()),
          null);
    }
    throw new Unreadable();
  }

  private int openBracket() {
    return openings.isEmpty() ? -1 : openings.getLast();
  }

  private YamlNode node(Event event) {
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    nodes++;
    String anchor = anchor(event);
    if (anchor == null) {
      return content(event);
    }
    int nodesBefore = nodes;
    int deepestBefore = deepest;
    deepest = openings.size();
    anchors.put(anchor, new Anchored(null, 0, 0));
    YamlNode node = content(event);
    anchors.put(anchor, new Anchored(node, nodes - nodesBefore + 1, deepest - openings.size()));
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private static @Nullable String anchor(Event event) {
    Optional<Anchor> anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
    return anchor.isPresent() ? anchor.get().getValue() : null;
  }

  private YamlNode content(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalars.read(scalar);
    }
    CollectionStartEvent collection = (CollectionStartEvent) event;
    int start = places.start(collection);
    if (openings.size() >= limits.deepest()) {
      problems.add(
          FormProblems.LIMIT,
          "maps and lists are nested more than " + limits.deepest() + " levels deep",
          start,
          start + 1,
          null);
      throw new Unreadable();
    }
    openings.add(collection.isFlow() ? start : -1);
    deepest = Math.max(deepest, openings.size());
    boolean map = event.getEventId() == Event.ID.MappingStart;
    scalars.checkTag(collection, map);
    YamlNode node = map ? map(start) : list(start);
    openings.removeLast();
    return node;
  }

  private YamlList list(int start) {
    List<YamlNode> items = new ArrayList<>();
    Event event = next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event));
      event = next();
    }
    return new YamlList(items, start, places.end(event, start));
  }

  private YamlMap map(int start) {
    Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
    List<YamlNode> merged = new ArrayList<>(0);
    Event event = next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      int problemsBefore = problems.count();
      YamlNode key = node(event);
      boolean merge = event instanceof ScalarEvent scalar && isMerge(scalar);
      String name = merge ? null : keyText(key, problems.count() > problemsBefore);
      YamlNode value = node(next());
      if (merge) {
        merged.add(value);
      } else if (name != null) {
        YamlMap.Entry entry = new YamlMap.Entry(name, key.start(), key.end(), value);
        YamlMap.Entry first = entries.putIfAbsent(name, entry);
        if (first != null) {
          duplicate(first, entry);
        }
      }
      event = next();
    }
    for (YamlNode node : merged) {
      merge(entries, node);
    }
    return new YamlMap(entries, start, places.end(event, start));
  }

  private void duplicate(YamlMap.Entry first, YamlMap.Entry second) {
    problems.add(
        FormProblems.DUPLICATE_KEY,
        "the key \""
            + second.key()
            + "\" is there twice; first at line "
            + source.line(first.start())
            + ", column "
            + source.column(first.start()),
        second.start(),
        second.end(),
        null);
  }

  /** Keys are texts: a number or boolean is taken as it is written. */
  private @Nullable String keyText(YamlNode key, boolean alreadyWrong) {
    if (key instanceof YamlScalar scalar && !scalar.isNull()) {
      return scalar.value() instanceof String text
          ? text
          : source.text().substring(scalar.start(), scalar.end());
    }
    if (alreadyWrong) {
      return null;
    }
    boolean braces = source.text().startsWith("{{", Math.max(0, key.start() - 1));
    problems.add(
        FormProblems.INVALID,
        key.isNull() ? "a key is missing before \":\"" : "a key must be a text",
        key.start(),
        key.end(),
        braces ? "put a text that begins with {{ in quotes: \"{{…}}\"" : null);
    return null;
  }

  /** The merge key of YAML 1.1, which people still use; own keys and earlier maps win. */
  private static boolean isMerge(ScalarEvent key) {
    return key.isPlain() && key.getValue().equals("<<");
  }

  private void merge(Map<String, YamlMap.Entry> entries, YamlNode node) {
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map.entries()) {
        entries.putIfAbsent(entry.key(), entry);
      }
    } else if (node instanceof YamlList list && holdsMaps(list)) {
      for (YamlNode item : list.items()) {
        merge(entries, item);
      }
    } else {
      problems.add(
          FormProblems.INVALID,
          "\"<<\" wants a map or a list of maps",
          node.start(),
          node.end(),
          null);
    }
  }

  private static boolean holdsMaps(YamlList list) {
    for (YamlNode item : list.items()) {
      if (!(item instanceof YamlMap)) {
        return false;
      }
    }
    return true;
  }

  private YamlNode alias(AliasEvent event) {
    int start = places.start(event);
    int end = places.end(event, start);
    String name = event.getAlias().getValue();
    Anchored anchored = anchors.get(name);
    YamlNode node = anchored == null ? null : anchored.node();
    if (anchored == null || node == null) {
      problems.add(
          YamlDocument.SYNTAX,
          anchored == null
              ? "no anchor \"&" + name + "\" stands above this alias"
              : "the alias \"*" + name + "\" stands inside of what it repeats",
          start,
          end,
          anchored == null ? "put a text that begins with * in quotes" : null);
      return new YamlScalar(null, start, end);
    }
    nodes += anchored.nodes();
    repeated += anchored.nodes();
    deepest = Math.max(deepest, openings.size() + anchored.levels());
    if (repeated > limits.mostRepeated()) {
      problems.add(
          FormProblems.LIMIT,
          "aliases repeat more than " + limits.mostRepeated() + " values",
          start,
          end,
          null);
      throw new Unreadable();
    }
    if (openings.size() + anchored.levels() > limits.deepest()) {
      problems.add(
          FormProblems.LIMIT,
          "with this alias, maps and lists are nested more than "
              + limits.deepest()
              + " levels deep",
          start,
          end,
          null);
      throw new Unreadable();
    }
    return node;
  }
}
