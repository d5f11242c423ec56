package io.testmesh.junit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the one who starts the build wants to run, of all that the factories select.
 *
 * @param places flows by file, line or name; empty for all
 * @param tags a list of tags, or null
 * @param name a part of the flow's name, or null
 */
record Filter(List<String> places, @Nullable String tags, @Nullable String name) {
  /** Everything. */
  static final Filter NONE = new Filter(List.of(), null, null);

  private static final String PLACES = "testmesh.flows";
  private static final String TAGS = "testmesh.tags";
  private static final String NAME = "testmesh.name";

  Filter {
    places = List.copyOf(places);
  }

  /** The filter of this JVM's system properties. */
  static Filter ofJvm() {
    List<String> places = new ArrayList<>();
    String written = property(PLACES);
    if (written != null) {
      for (String place : written.split(",", -1)) {
        if (!place.isBlank()) {
          places.add(place.trim());
        }
      }
    }
    return new Filter(places, property(TAGS), property(NAME));
  }

  /** A property that is set to nothing is not set: build files pass them on so. */
  private static @Nullable String property(String name) {
    String value = System.getProperty(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** What is wanted, for people; empty when everything is. */
  String words() {
    StringBuilder text = new StringBuilder();
    add(text, PLACES, places.isEmpty() ? null : String.join(",", places));
    add(text, TAGS, tags);
    add(text, NAME, name);
    return text.toString();
  }

  private static void add(StringBuilder text, String property, @Nullable String value) {
    if (value != null) {
      text.append(" -D").append(property).append('=').append(value);
    }
  }
}
