package io.testmesh.arch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The parts of a Maven pom that the rules ask for, as written there. */
final class Pom {
  private final Path file;
  private final Element project;

  private Pom(Path file, Element project) {
    this.file = file;
    this.project = project;
  }

  static Pom read(Path file) {
    try {
      return new Pom(
          file,
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement());
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** The texts of all elements at a path below the root, such as {@code modules/module}. */
  List<String> texts(String path) {
    return elements(path).stream().map(element -> element.getTextContent().trim()).toList();
  }

  /** The one text at a path. */
  String text(String path) {
    List<String> found = texts(path);
    if (found.size() != 1) {
      throw new AssertionError(file + " has " + found.size() + " of " + path + ", wanted one");
    }
    return found.get(0);
  }

  /** What the module depends on. */
  List<Dependency> dependencies(String path) {
    List<Dependency> found = new ArrayList<>();
    for (Element element : elements(path)) {
      found.add(
          new Dependency(
              child(element, "groupId", ""),
              child(element, "artifactId", ""),
              child(element, "scope", "compile")));
    }
    return found;
  }

  private List<Element> elements(String path) {
    List<Element> found = List.of(project);
    for (String name : path.split("/")) {
      List<Element> next = new ArrayList<>();
      for (Element element : found) {
        next.addAll(children(element, name));
      }
      found = next;
    }
    return found;
  }

  private static String child(Element element, String name, String otherwise) {
    List<Element> found = children(element, name);
    return found.isEmpty() ? otherwise : found.get(0).getTextContent().trim();
  }

  private static List<Element> children(Element element, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        found.add(child);
      }
    }
    return found;
  }

  /** One dependency. */
  record Dependency(String group, String artifact, String scope) {}
}
