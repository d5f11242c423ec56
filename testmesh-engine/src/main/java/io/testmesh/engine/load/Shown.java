package io.testmesh.engine.load;

import io.testmesh.engine.yaml.YamlDocument;
import io.testmesh.engine.yaml.YamlList;
import io.testmesh.engine.yaml.YamlMap;
import io.testmesh.engine.yaml.YamlNode;
import io.testmesh.engine.yaml.YamlScalar;

/** Shows found values in messages, short and in the author's words. */
final class Shown {
  private static final int LONGEST = 60;

  private final YamlDocument document;
  private final StringBuilder text = new StringBuilder();

  private Shown(YamlDocument document) {
    this.document = document;
  }

  /** The value with its type: {@code a list: [30, "s"]}. */
  static String typed(YamlDocument document, YamlNode node) {
    if (node.isNull()) {
      return node.start() == node.end() ? "nothing" : "null";
    }
    return type(node) + ": " + plain(document, node);
  }

  /** The value alone: {@code [30, "s"]}. */
  static String plain(YamlDocument document, YamlNode node) {
    Shown shown = new Shown(document);
    shown.append(node);
    String text = shown.text.toString();
    return text.length() <= LONGEST ? text : text.substring(0, cut(text)) + "…";
  }

  private static int cut(String text) {
    return Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
  }

  private static String type(YamlNode node) {
    if (node instanceof YamlMap) {
      return "a map";
    }
    if (node instanceof YamlList) {
      return "a list";
    }
    Object value = node.value();
    return value instanceof Boolean ? "a boolean" : value instanceof Number ? "a number" : "a text";
  }

  private void append(YamlNode node) {
    if (text.length() > LONGEST) {
      return;
    }
    if (node instanceof YamlMap map) {
      String separator = "{";
      for (YamlMap.Entry entry : map.entries()) {
        text.append(separator).append(entry.key()).append(": ");
        append(entry.value());
        separator = ", ";
        if (text.length() > LONGEST) {
          return;
        }
      }
      text.append(map.entries().isEmpty() ? "{}" : "}");
    } else if (node instanceof YamlList list) {
      String separator = "[";
      for (YamlNode item : list.items()) {
        text.append(separator);
        append(item);
        separator = ", ";
        if (text.length() > LONGEST) {
          return;
        }
      }
      text.append(list.items().isEmpty() ? "[]" : "]");
    } else {
      scalar((YamlScalar) node);
    }
  }

  private void scalar(YamlScalar scalar) {
    if (!(scalar.value() instanceof String value)) {
      text.append(scalar.isNull() ? "null" : document.written(scalar));
      return;
    }
    // What is shown can be copied into a flow.
    char quote = value.indexOf('"') >= 0 && value.indexOf('\'') < 0 ? '\'' : '"';
    text.append(quote);
    for (int i = 0; i < value.length() && text.length() <= LONGEST; i++) {
      char c = value.charAt(i);
      text.append(c == '\n' ? "\\n" : Character.isISOControl(c) ? "�" : String.valueOf(c));
    }
    text.append(quote);
  }
}
