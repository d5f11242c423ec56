package io.testmesh.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads valid JSON, for a plugin that has nothing but the JDK; numbers stay texts. */
final class MiniJson {
  private final String text;
  private int at;

  MiniJson(String text) {
    this.text = text;
  }

  Object value() {
    skip();
    char c = text.charAt(at);
    if (c == '{') {
      return map();
    }
    if (c == '[') {
      return list();
    }
    return c == '"' ? string() : word();
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    while (next() != '}') {
      String key = string();
      next();
      at++;
      map.put(key, value());
      comma();
    }
    at++;
    return map;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    at++;
    while (next() != ']') {
      list.add(value());
      comma();
    }
    at++;
    return list;
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
        value.append(escaped());
      } else {
        value.append(text.charAt(at));
      }
    }
    at++;
    return value.toString();
  }

  private char escaped() {
    char c = text.charAt(at);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
    }
    int known = "nrtbf".indexOf(c);
    return known < 0 ? c : "\n\r\t\b\f".charAt(known);
  }

  private Object word() {
    int start = at;
    while (at < text.length() && ",]} \n\t\r".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return word.equals("null") ? null : word;
  }

  private void comma() {
    if (next() == ',') {
      at++;
    }
  }

  private char next() {
    skip();
    return text.charAt(at);
  }

  private void skip() {
    while (" \n\r\t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
