package io.testmesh.engine.scope;

import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.value.NearNames;
import io.testmesh.spi.FakeData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The made-up data that is on the class path, looked for when the first flow uses it. Safe for use
 * by several threads.
 */
public final class FakeLibrary {
  /** The name under which flows find made-up data. */
  public static final String NAME = "FAKER";

  private final ClassLoader loader;
  private boolean searched;
  private @Nullable FakeData data;

  /** A library that is found with a class loader. */
  public FakeLibrary(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * The library.
   *
   * @throws ExpressionException when there is none, naming the artifact that has it
   */
  public synchronized FakeData require() throws ExpressionException {
    if (!searched) {
      searched = true;
      data = search();
    }
    if (data == null) {
      throw failure(
          "the FAKER names are in testmesh-faker, which is not on the class path",
          "add io.testmesh:testmesh-faker");
    }
    return data;
  }

  private @Nullable FakeData search() throws ExpressionException {
    try {
      for (FakeData found : ServiceLoader.load(FakeData.class, loader)) {
        return found;
      }
      return null;
    } catch (ServiceConfigurationError e) {
      throw failure("the library of made-up data cannot be loaded: " + e.getMessage(), null);
    }
  }

  /**
   * Says what is wrong with the members of a use of {@code FAKER}.
   *
   * @param members what follows the name, as far as it is constant
   * @throws ExpressionException without a place
   */
  public void check(List<String> members) throws ExpressionException {
    FakeData library = require();
    if (!members.isEmpty()) {
      String namespace = namespace(library, members.get(0));
      if (members.size() > 1) {
        method(library, namespace, members.get(1));
      }
    }
  }

  /** Whether there is data for a locale; without a library that is no question. */
  public boolean hasLocale(String tag) {
    try {
      return require().hasLocale(tag);
    } catch (ExpressionException e) {
      // Each use of a name says that the library is missing.
      return true;
    }
  }

  static String namespace(FakeData library, String written) throws ExpressionException {
    Collection<String> names = library.names().keySet();
    String name = find(written, names);
    if (name == null) {
      throw failure("FAKER has no \"" + written + "\"", NearNames.hintOrNames(written, names));
    }
    return name;
  }

  static String method(FakeData library, String namespace, String written)
      throws ExpressionException {
    List<String> names = library.names().getOrDefault(namespace, List.of());
    String name = find(written, names);
    if (name == null) {
      throw failure(
          "FAKER." + namespace + " has no \"" + written + "\"",
          NearNames.hintOrNames(written, new ArrayList<>(names)));
    }
    return name;
  }

  /** {@code firstName} and {@code first_name} are the same. */
  private static @Nullable String find(String written, Collection<String> names) {
    String wanted = plain(written);
    for (String name : names) {
      if (plain(name).equals(wanted)) {
        return name;
      }
    }
    return null;
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '_') {
        plain.append(Character.toLowerCase(name.charAt(i)));
      }
    }
    return plain.toString();
  }

  private static ExpressionException failure(String message, @Nullable String hint) {
    return new ExpressionException(
        ExpressionException.UNDEFINED_VARIABLE, message, hint, 0, 0, false);
  }
}
