package io.testmesh.engine.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.testmesh.engine.expression.ExpressionException;
import io.testmesh.engine.expression.Members;
import io.testmesh.spi.FakeData;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeLibraryTest {
  @TempDir private Path folder;

  /** Tells what it was asked for. */
  public static final class Data implements FakeData {
    @Override
    public Map<String, List<String>> names() {
      return Map.of("name", List.of("first_name", "last_name"));
    }

    @Override
    public boolean hasLocale(String tag) {
      return tag.equals("de");
    }

    @Override
    public Sequence sequence(@Nullable Long seed, @Nullable String locale) {
      int[] count = {0};
      return (namespace, method) ->
          namespace + "." + method + " " + seed + " " + locale + " " + ++count[0];
    }
  }

  private FakeLibrary library(String provider) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(FakeData.class.getName()), provider);
    URL[] urls = {folder.toUri().toURL()};
    return new FakeLibrary(new URLClassLoader(urls, getClass().getClassLoader()));
  }

  private FakeLibrary library() throws IOException {
    return library(Data.class.getName());
  }

  private static String value(Members members, String namespace, String name) throws Exception {
    return (String) ((Members) members.member(namespace)).member(name);
  }

  @Test
  void values_come_from_one_sequence_of_the_flow() throws Exception {
    FakeMembers members = new FakeMembers(library(), 7L, "de");

    assertThat(value(members, "name", "first_name")).isEqualTo("name.first_name 7 de 1");
    assertThat(value(members, "NAME", "lastName")).isEqualTo("name.last_name 7 de 2");
    assertThat(value(members, "na_me", "FIRSTNAME")).isEqualTo("name.first_name 7 de 3");
  }

  @Test
  void the_names_are_told() throws Exception {
    FakeMembers members = new FakeMembers(library(), null, null);

    assertThat(members.names()).containsExactly("name");
    assertThat(members.member("name").names()).containsExactly("first_name", "last_name");
  }

  @Test
  void an_unknown_name_is_an_error_before_and_in_the_run() throws Exception {
    FakeLibrary library = library();
    library.check(List.of());
    library.check(List.of("name"));
    library.check(List.of("name", "firstName", "x"));

    assertThat(failure(library, List.of("nam")))
        .hasMessage("FAKER has no \"nam\"")
        .returns("did you mean \"name\"?", ExpressionException::hint);
    assertThat(failure(library, List.of("name", "frist_name")))
        .hasMessage("FAKER.name has no \"frist_name\"")
        .returns("did you mean \"first_name\"?", ExpressionException::hint);
    Members members = new FakeMembers(library, null, null);
    assertThat(catchThrowableOfType(ExpressionException.class, () -> value(members, "name", "zip")))
        .hasMessage("FAKER.name has no \"zip\"");
  }

  @Test
  void a_locale_is_known_to_the_library() throws Exception {
    assertThat(library().hasLocale("de")).isTrue();
    assertThat(library().hasLocale("xx")).isFalse();
  }

  @Test
  void without_a_library_every_use_names_the_artifact() throws Exception {
    FakeLibrary none = new FakeLibrary(ClassLoader.getPlatformClassLoader());
    FakeMembers members = new FakeMembers(none, null, null);

    for (int i = 0; i < 2; i++) {
      assertThat(failure(none, List.of("name")))
          .hasMessage("the FAKER names are in testmesh-faker, which is not on the class path")
          .returns("add io.testmesh:testmesh-faker", ExpressionException::hint);
    }
    assertThat(none.hasLocale("de")).isTrue();
    assertThat(members.names()).isEmpty();
  }

  @Test
  void a_library_that_cannot_be_loaded_says_so() throws Exception {
    assertThat(failure(library("no.such.Library"), List.of("name")))
        .hasMessageStartingWith("the library of made-up data cannot be loaded: ")
        .hasMessageContaining("no.such.Library");
  }

  private static ExpressionException failure(FakeLibrary library, List<String> members) {
    return catchThrowableOfType(ExpressionException.class, () -> library.check(members));
  }
}
