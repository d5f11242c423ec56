package io.testmesh.engine.yaml;

import io.testmesh.flow.SourceSpan;
import io.testmesh.flow.SourceTree;
import io.testmesh.result.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read from one text: the roots of its documents and what is wrong with its form.
 * Immutable and safe for use by several threads.
 */
public final class YamlDocument {
  /** The code of texts that are not YAML. */
  public static final String SYNTAX = "yaml_syntax";

  private final SourceText source;
  private final List<YamlNode> roots;
  private final List<Problem> problems;
  private final int secondDocument;
  private final boolean readable;

  YamlDocument(
      SourceText source,
      List<YamlNode> roots,
      List<Problem> problems,
      int secondDocument,
      boolean readable) {
    this.source = source;
    this.roots = List.copyOf(roots);
    this.problems = List.copyOf(problems);
    this.secondDocument = secondDocument;
    this.readable = readable;
  }

  /** Whether the text was read to its end; its nodes are complete only then. */
  public boolean isReadable() {
    return readable;
  }

  /** The roots: one of most files, none of a file without content. */
  public List<YamlNode> roots() {
    return roots;
  }

  /** The place where a second document begins, or null when there is none. */
  public @Nullable SourceSpan secondDocument() {
    return secondDocument < 0 ? null : source.span(secondDocument, secondDocument + 3);
  }

  /** What is wrong with the form, with excerpts, in the order of finding. */
  public List<Problem> problems() {
    return problems;
  }

  /** Whether the text holds nothing, not even a comment. */
  public boolean isBlank() {
    return source.text().isBlank();
  }

  /** The place of a range of offsets. */
  public SourceSpan span(int start, int end) {
    return source.span(start, end);
  }

  /** The place of a node. */
  public SourceSpan span(YamlNode node) {
    return source.span(node.start(), node.end());
  }

  /** The place of a key. */
  public SourceSpan span(YamlMap.Entry entry) {
    return source.span(entry.start(), entry.end());
  }

  /** A node as it is written, with its line breaks. */
  public String written(YamlNode node) {
    return source.text().substring(node.start(), node.end());
  }

  /** The lines around a place, with the place marked; see {@link SourceTree#excerpt}. */
  public List<String> excerpt(SourceSpan span) {
    return Excerpts.of(source, span);
  }

  /** The places of a node and of what it holds. */
  public SourceTree tree(YamlNode node) {
    return new NodeSource(source, null, node);
  }

  /** The places of an entry and of what its value holds. */
  public SourceTree tree(YamlMap.Entry entry) {
    return new NodeSource(source, entry, entry.value());
  }

  /** The node that a tree of this package stands for, or null for other trees. */
  public static @Nullable YamlNode node(SourceTree tree) {
    return tree instanceof NodeSource source ? source.node() : null;
  }
}
