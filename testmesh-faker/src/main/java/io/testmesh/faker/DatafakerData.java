package io.testmesh.faker;

import io.testmesh.spi.FakeData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.datafaker.Faker;
import net.datafaker.service.FakeValuesService;
import net.datafaker.service.FakerContext;
import net.datafaker.service.RandomService;
import org.jspecify.annotations.Nullable;

/** Made-up data by Datafaker. */
public final class DatafakerData implements FakeData {
  private static final String DEFAULT_LOCALE = "en";

  /** What was read of the library's files is shared: a flow of its own would read for 1 ms. */
  private final FakeValuesService files = new FakeValuesService();

  private final Generators generators = new Generators();

  /** For the service loader. */
  public DatafakerData() {}

  @Override
  public Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    generators
        .all()
        .forEach((namespace, methods) -> names.put(namespace, new ArrayList<>(methods.keySet())));
    return Collections.unmodifiableMap(names);
  }

  @Override
  public boolean hasLocale(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    if (tag.equals(DEFAULT_LOCALE)) {
      return true;
    }
    return !locale.getLanguage().isEmpty()
        && locale.toLanguageTag().equalsIgnoreCase(tag)
        && Faker.class.getResource("/" + locale.toLanguageTag() + ".yml") != null;
  }

  @Override
  public Sequence sequence(@Nullable Long seed, @Nullable String locale) {
    Random random = seed == null ? new Random() : new Random(seed);
    Locale language = Locale.forLanguageTag(locale == null ? DEFAULT_LOCALE : locale);
    Faker faker = new Faker(files, new FakerContext(language, new RandomService(random)));
    // A day that stays the same lets the dates of a seed repeat, at least for that day.
    Instant now = seed == null ? Instant.now() : Instant.now().truncatedTo(ChronoUnit.DAYS);
    return new Values(generators, new Generators.Source(faker, random, now));
  }

  private record Values(Generators generators, Generators.Source source) implements Sequence {
    @Override
    public Object next(String namespace, String method) {
      Generators.Generator generator =
          generators.all().getOrDefault(namespace, Map.of()).get(method);
      if (generator == null) {
        throw new IllegalArgumentException("no made-up data: " + namespace + "." + method);
      }
      // One value takes several numbers of the random sequence.
      synchronized (source) {
        return generator.next(source);
      }
    }
  }
}
