package io.testmesh.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Made-up data behind the names {@code FAKER.<namespace>.<method>}. Found by {@link
 * java.util.ServiceLoader} when a flow uses such a name. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface FakeData {

  /**
   * The methods of each namespace, in order, in snake case. Authors may write them without
   * underscores and in any case: {@code first_name} is {@code firstName} too.
   */
  Map<String, List<String>> names();

  /** Whether there is data for a locale, such as {@code de} or {@code pt-BR}. */
  boolean hasLocale(String tag);

  /**
   * Starts a sequence of data.
   *
   * @param seed the same seed gives the same sequence; null for one that does not repeat
   * @param locale a locale that there is data for; null for the default, English
   */
  Sequence sequence(@Nullable Long seed, @Nullable String locale);

  /** Made-up data of one flow. Safe for use by several threads. */
  @FunctionalInterface
  interface Sequence {
    /**
     * The next value: a text, a Long, a BigDecimal or a Boolean.
     *
     * @param namespace one of {@link FakeData#names()}
     * @param method one of the namespace's methods, in snake case
     */
    Object next(String namespace, String method);
  }
}
