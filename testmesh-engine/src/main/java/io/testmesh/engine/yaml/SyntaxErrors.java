package io.testmesh.engine.yaml;

import io.testmesh.result.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Says in words for flow authors what is wrong with the form of a text. */
final class SyntaxErrors {
  private static final String QUOTE = "put the text in quotes";
  private static final String QUOTE_IN_BRACKETS =
      "inside [ ] and { } a text with , [ ] { } or \": \" must be in quotes";

  private final SourceText source;

  /** The innermost {@code [} or <code>{</code> that is open at the place of the error, or -1. */
  private final int openBracket;

  private SyntaxErrors(SourceText source, int openBracket) {
    this.source = source;
    this.openBracket = openBracket;
  }

  static Problem problem(SourceText source, YamlEngineException error, int openBracket) {
    SyntaxErrors errors = new SyntaxErrors(source, openBracket);
    if (error instanceof MarkedYamlEngineException marked) {
      return errors.marked(marked);
    }
    if (error instanceof ReaderException) {
      return errors.control();
    }
    if (error instanceof YamlVersionException) {
      return errors.at(
          0, "this version of YAML is not known", "remove the line, or write %YAML 1.2");
    }
    return errors.at(source.text().length(), "the text cannot be read as YAML", null);
  }

  private Problem at(int offset, String message, @Nullable String hint) {
    return Problem.error(YamlDocument.SYNTAX, message, source.span(offset, offset + 1), hint);
  }

  private Problem control() {
    String text = source.text();
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!StreamReader.isPrintable(text.codePointAt(i))) {
        String code = Integer.toHexString(0x10000 + text.codePointAt(i)).substring(1);
        return at(
            i,
            "the control character U+"
                + code.toUpperCase(java.util.Locale.ROOT)
                + " is not allowed in YAML",
            "in a text in double quotes it can be written as \"\\u" + code + "\"");
      }
    }
    return at(text.length(), "the text cannot be read as YAML", null);
  }

  private Problem marked(MarkedYamlEngineException error) {
    String problem = String.valueOf(error.getProblem());
    String context = String.valueOf(error.getContext());
    int place = offset(error.getProblemMark());
    int begin = error.getContextMark().isPresent() ? offset(error.getContextMark()) : place;
    if (context.contains("quoted scalar") && problem.startsWith("found unexpected")) {
      return at(
          begin,
          "the quote that opens here is not closed",
          problem.contains("separator") ? "a line of --- or ... ends the document" : null);
    }
    if (problem.contains("\\t(TAB)")) {
      return at(place, "a tab cannot be used for indentation", "indent with spaces");
    }
    if (problem.startsWith("found character")) {
      return at(place, "a text cannot begin with " + character(place), QUOTE);
    }
    if (problem.startsWith("found unknown escape")) {
      return at(
          place - 1,
          "\"\\" + characterAt(place) + "\" is no escape of a text in double quotes",
          "write \\\\ for a backslash, or use single quotes");
    }
    if (problem.contains("escape sequence")) {
      return at(
          place,
          "\\x, \\u and \\U want 2, 4 and 8 hexadecimal digits",
          "write \\\\ for a backslash, or use single quotes");
    }
    if (problem.startsWith("mapping values")) {
      return colon(place);
    }
    if (problem.startsWith("sequence entries")) {
      return at(
          place,
          "a list cannot begin here",
          "put \"- \" on a line of its own, below the key, or the text in quotes");
    }
    if (problem.startsWith("could not find expected ':'")) {
      return at(begin, "a key wants \":\" after it", "check this line and its indentation");
    }
    if (openBracket >= 0) {
      return bracket(place);
    }
    if (problem.startsWith("expected <block end>")) {
      return block(place, begin);
    }
    return other(problem, context, place);
  }

  private Problem colon(int place) {
    String before = before(place);
    boolean second = before.contains(": ") || before.contains("\":");
    return at(
        place,
        "\":\" is not expected here",
        second
            ? "put a text that holds \": \" in quotes"
            : "check the indentation of this line and of the lines above");
  }

  private Problem bracket(int place) {
    char open = source.text().charAt(openBracket);
    String closing = open == '[' ? "\"]\"" : "\"}\"";
    if (place >= source.text().stripTrailing().length()) {
      return at(openBracket, "the \"" + open + "\" that opens here is not closed", null);
    }
    String hint =
        source.line(openBracket) < source.line(place)
            ? "is a closing " + closing + " missing?"
            : QUOTE_IN_BRACKETS;
    return at(
        place,
        "expected \",\" or "
            + closing
            + " for the \""
            + open
            + "\" of line "
            + source.line(openBracket)
            + ", found "
            + character(place),
        hasBraces(place) ? "put a text with ${…} or {{…}} in quotes" : hint);
  }

  /** Whether the bracket or the place belongs to a placeholder without quotes. */
  private boolean hasBraces(int place) {
    String text = source.text();
    return text.startsWith("{{", Math.max(0, openBracket - 1))
        || text.startsWith("${", Math.max(0, openBracket - 1))
        || text.startsWith("${", Math.max(0, place - 1));
  }

  private Problem block(int place, int begin) {
    String before = before(place);
    if (character(place).equals("\":\"")) {
      return at(place, "a key is missing before \":\"", null);
    }
    if (before.isBlank()) {
      return at(
          place,
          "the indentation does not fit what begins at line " + source.line(begin),
          "keys of one map, and items of one list, begin in the same column");
    }
    String trimmed = before.stripTrailing();
    char last = trimmed.charAt(trimmed.length() - 1);
    return switch (last) {
      case '"' ->
          at(place, "text after the closing quote", "put the whole text in single quotes: '…'");
      case '\'' ->
          at(
              place,
              "text after the closing quote",
              "inside single quotes write '' for a quote, or use double quotes");
      case '}', ']' ->
          at(place, "text after the closing \"" + last + "\"", "put the whole text in quotes");
      default -> at(place, character(place) + " is not expected here", QUOTE);
    };
  }

  private Problem other(String problem, String context, int place) {
    if (context.contains("anchor") || context.contains("alias")) {
      return at(
          place, "after \"&\" or \"*\" a name is expected", "put a text with * or & in quotes");
    }
    if (context.contains("tag") || problem.contains("undefined tag handle")) {
      return at(place, "a text that begins with \"!\" is a YAML tag", QUOTE);
    }
    if (context.contains("block scalar")) {
      return at(place, "this line does not fit the block text that \"|\" or \">\" opens", null);
    }
    if (context.contains("directive")) {
      return at(place, "a line that begins with \"%\" is a YAML directive; this one is none", null);
    }
    if (problem.startsWith("expected '<document start>'")) {
      return at(place, "text after the end of the document", "one file holds one document");
    }
    return at(place, character(place) + " is not expected here", "check quotes and indentation");
  }

  /** What stands before the place in its line. */
  private String before(int place) {
    return source.text().substring(source.lineStart(source.line(place)), place);
  }

  private int offset(Optional<Mark> mark) {
    return mark.isPresent() ? source.offset(mark.get().getIndex()) : source.text().length();
  }

  private String character(int offset) {
    if (offset >= source.text().length()) {
      return "the end of the text";
    }
    int character = source.text().codePointAt(offset);
    return character == '\n' || character == '\r'
        ? "the end of the line"
        : "\"" + Character.toString(character) + "\"";
  }

  private String characterAt(int offset) {
    return offset < source.text().length()
        ? Character.toString(source.text().codePointAt(offset))
        : "";
  }
}
