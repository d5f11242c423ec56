package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LazyRegexTest {
  @Test
  void the_regular_expression_library_is_loaded_by_a_regular_expression_only() throws Exception {
    Class<?> path = new WithoutRe2j().loadClass(JsonPath.class.getName());
    Map<String, Object> data = Map.of("a", List.of(Map.of("b", 1L), Map.of("b", 2L)));

    assertThat(select(path, "$..[?@.b > 1 && length(@.b) != 1]", data))
        .isEqualTo(List.of(Map.of("b", 2L)));
    assertThatThrownBy(() -> select(path, "$..[?search(@.b, 'x')]", data))
        .isInstanceOf(InvocationTargetException.class)
        .hasRootCauseInstanceOf(ClassNotFoundException.class);
  }

  private static Object select(Class<?> path, String text, Object data) throws Exception {
    Object parsed = path.getMethod("parse", String.class).invoke(null, text);
    return path.getMethod("select", Object.class).invoke(parsed, data);
  }

  /** Defines our classes anew, and has no re2j for them. */
  private static final class WithoutRe2j extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.google.re2j.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.testmesh.engine.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream in = LazyRegexTest.class.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
