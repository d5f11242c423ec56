package io.testmesh.engine.scope;

import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.Members;
import io.testmesh.spi.FakeData;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code FAKER} is in one flow: nothing is loaded before a name of it is read. Safe for use by
 * several threads.
 */
public final class FakeMembers extends Members {
  private final FakeLibrary library;
  private final @Nullable Long seed;
  private final @Nullable String locale;
  private FakeData.@Nullable Sequence sequence;

  /**
   * The made-up data of a flow.
   *
   * @param seed what makes the data repeat, or null
   * @param locale the language and country of the data, or null for the library's own
   */
  public FakeMembers(FakeLibrary library, @Nullable Long seed, @Nullable String locale) {
    this.library = library;
    this.seed = seed;
    this.locale = locale;
  }

  @Override
  public Members member(String name) throws ExpressionException {
    return new Namespace(FakeLibrary.namespace(library.require(), name));
  }

  @Override
  public Collection<String> names() {
    try {
      return library.require().names().keySet();
    } catch (ExpressionException e) {
      return List.of();
    }
  }

  private synchronized FakeData.Sequence sequence(FakeData data) {
    if (sequence == null) {
      sequence = data.sequence(seed, locale);
    }
    return sequence;
  }

  private final class Namespace extends Members {
    private final String namespace;

    Namespace(String namespace) {
      this.namespace = namespace;
    }

    @Override
    public Object member(String name) throws ExpressionException {
      FakeData data = library.require();
      return sequence(data).next(namespace, FakeLibrary.method(data, namespace, name));
    }

    @Override
    public Collection<String> names() {
      try {
        return library.require().names().getOrDefault(namespace, List.of());
      } catch (ExpressionException e) {
        return List.of();
      }
    }
  }
}
