package io.testmesh.engine.template;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.ParsedTexts;
import io.testmesh.engine.expression.TextTemplate;
import io.testmesh.engine.value.JsonList;
import io.testmesh.engine.value.JsonMap;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.flow.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-like value whose texts may hold placeholders. Immutable and safe for use by several
 * threads; parts without placeholders are shared, not copied.
 */
public abstract sealed class ValueTemplate {

  /**
   * Parses the texts of a value.
   *
   * @param source where the value stands
   * @param texts parses the texts
   * @param problems is told of every text that is no template; such a text stays as it is
   */
  public static ValueTemplate parse(
      @Nullable Object value,
      SourceTree source,
      ParsedTexts texts,
      Consumer<TemplateException> problems) {
    if (value instanceof String text) {
      return TextTemplate.isDynamic(text)
          ? parseText(text, source, texts, problems)
          : new Constant(value);
    }
    if (JsonValues.isScalar(value)) {
      return new Constant(JsonValues.copy(value));
    }
    if (value instanceof List<?> list) {
      return parseList(list, source, texts, problems);
    }
    return value instanceof Map<?, ?> map
        ? parseMap(map, source, texts, problems)
        : new Constant(JsonValues.copy(value));
  }

  private static ValueTemplate parseText(
      String text, SourceTree source, ParsedTexts texts, Consumer<TemplateException> problems) {
    try {
      return new Text(texts.template(text), source);
    } catch (ExpressionException e) {
      problems.accept(new TemplateException(e, text, source));
      return new Constant(text);
    }
  }

  private static ValueTemplate parseList(
      List<?> list, SourceTree source, ParsedTexts texts, Consumer<TemplateException> problems) {
    List<ValueTemplate> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(parse(item, source.at(items.size()), texts, problems));
    }
    return items(items);
  }

  private static ValueTemplate parseMap(
      Map<?, ?> map, SourceTree source, ParsedTexts texts, Consumer<TemplateException> problems) {
    Map<String, ValueTemplate> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      entries.put(key, parse(entry.getValue(), source.at(key), texts, problems));
    }
    return entries(entries);
  }

  /** A list of such values. */
  public static ValueTemplate items(List<ValueTemplate> items) {
    if (!isConstant(items)) {
      return new Items(List.copyOf(items));
    }
    List<@Nullable Object> values = new ArrayList<>(items.size());
    for (ValueTemplate item : items) {
      values.add(item.constantValue());
    }
    return new Constant(JsonList.takeOver(values));
  }

  /** A map of such values, in order. */
  public static ValueTemplate entries(Map<String, ValueTemplate> entries) {
    if (!isConstant(entries.values())) {
      return new Entries(new LinkedHashMap<>(entries));
    }
    LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, ValueTemplate> entry : entries.entrySet()) {
      values.put(entry.getKey(), entry.getValue().constantValue());
    }
    return new Constant(JsonMap.takeOver(values));
  }

  private static boolean isConstant(Iterable<ValueTemplate> parts) {
    for (ValueTemplate part : parts) {
      if (!part.isConstant()) {
        return false;
      }
    }
    return true;
  }

  /** A template that gives always the same value. */
  public static ValueTemplate constant(@Nullable Object value) {
    return new Constant(value);
  }

  /** Whether the value has no placeholders. */
  public boolean isConstant() {
    return false;
  }

  /** The value of a constant. */
  public @Nullable Object constantValue() {
    throw new IllegalStateException("the value has placeholders");
  }

  /**
   * The value with its placeholders filled in.
   *
   * @return a JSON-like value; immutable
   */
  public abstract @Nullable Object render(Environment environment) throws TemplateException;

  /**
   * The value with those placeholders filled in whose names a test accepts; see {@link
   * TextTemplate#renderPartly}.
   */
  public abstract @Nullable Object renderPartly(
      Environment environment, Predicate<List<Expression.Reference>> isKnown);

  /** The texts with placeholders, in order. */
  public List<PlacedText> texts() {
    if (isConstant()) {
      return List.of();
    }
    List<PlacedText> texts = new ArrayList<>();
    collect(texts);
    return texts;
  }

  abstract void collect(List<PlacedText> texts);

  /**
   * A text with placeholders.
   *
   * @param template the text
   * @param source where it stands
   */
  public record PlacedText(TextTemplate template, SourceTree source) {}

  private static final class Constant extends ValueTemplate {
    private final @Nullable Object value;

    Constant(@Nullable Object value) {
      this.value = value;
    }

    @Override
    public boolean isConstant() {
      return true;
    }

    @Override
    public @Nullable Object constantValue() {
      return value;
    }

    @Override
    public @Nullable Object render(Environment environment) {
      return value;
    }

    @Override
    public @Nullable Object renderPartly(
        Environment environment, Predicate<List<Expression.Reference>> isKnown) {
      return value;
    }

    @Override
    void collect(List<PlacedText> texts) {}
  }

  private static final class Text extends ValueTemplate {
    private final TextTemplate text;
    private final SourceTree source;

    Text(TextTemplate text, SourceTree source) {
      this.text = text;
      this.source = source;
    }

    @Override
    public @Nullable Object render(Environment environment) throws TemplateException {
      try {
        return JsonValues.copy(text.render(environment));
      } catch (ExpressionException e) {
        throw new TemplateException(e, text.source(), source);
      }
    }

    @Override
    public @Nullable Object renderPartly(
        Environment environment, Predicate<List<Expression.Reference>> isKnown) {
      return JsonValues.copy(text.renderPartly(environment, isKnown));
    }

    @Override
    void collect(List<PlacedText> texts) {
      texts.add(new PlacedText(text, source));
    }
  }

  private static final class Items extends ValueTemplate {
    private final List<ValueTemplate> items;

    Items(List<ValueTemplate> items) {
      this.items = items;
    }

    @Override
    public @Nullable Object render(Environment environment) throws TemplateException {
      List<@Nullable Object> rendered = new ArrayList<>(items.size());
      for (ValueTemplate item : items) {
        rendered.add(item.render(environment));
      }
      return JsonList.takeOver(rendered);
    }

    @Override
    public @Nullable Object renderPartly(
        Environment environment, Predicate<List<Expression.Reference>> isKnown) {
      List<@Nullable Object> rendered = new ArrayList<>(items.size());
      for (ValueTemplate item : items) {
        rendered.add(item.renderPartly(environment, isKnown));
      }
      return JsonList.takeOver(rendered);
    }

    @Override
    void collect(List<PlacedText> texts) {
      for (ValueTemplate item : items) {
        item.collect(texts);
      }
    }
  }

  private static final class Entries extends ValueTemplate {
    private final Map<String, ValueTemplate> entries;

    Entries(Map<String, ValueTemplate> entries) {
      this.entries = entries;
    }

    @Override
    public @Nullable Object render(Environment environment) throws TemplateException {
      LinkedHashMap<String, @Nullable Object> rendered =
          new LinkedHashMap<>(entries.size() * 4 / 3 + 1);
      for (Map.Entry<String, ValueTemplate> entry : entries.entrySet()) {
        rendered.put(entry.getKey(), entry.getValue().render(environment));
      }
      return JsonMap.takeOver(rendered);
    }

    @Override
    public @Nullable Object renderPartly(
        Environment environment, Predicate<List<Expression.Reference>> isKnown) {
      LinkedHashMap<String, @Nullable Object> rendered = new LinkedHashMap<>();
      for (Map.Entry<String, ValueTemplate> entry : entries.entrySet()) {
        rendered.put(entry.getKey(), entry.getValue().renderPartly(environment, isKnown));
      }
      return JsonMap.takeOver(rendered);
    }

    @Override
    void collect(List<PlacedText> texts) {
      for (ValueTemplate entry : entries.values()) {
        entry.collect(texts);
      }
    }
  }
}
