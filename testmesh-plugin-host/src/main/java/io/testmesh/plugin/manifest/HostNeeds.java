package io.testmesh.plugin.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a manifest wants of the host: its version, the protocol, how it is run. */
final class HostNeeds {
  private static final String TOO_OLD = "HOST_TOO_OLD";
  private static final int PROTOCOL = 1;

  private final ManifestFields fields;

  HostNeeds(ManifestFields fields) {
    this.fields = fields;
  }

  void check(Map<String, @Nullable Object> raw, @Nullable SemanticVersion host) {
    protocol(raw.get("protocol"));
    requires(raw.get("requires"), host);
    if ("exec".equals(raw.get("runtime"))) {
      fields.problem(
          TOO_OLD,
          "runtime",
          "runtime \"exec\" needs protocol 2, this host speaks protocol 1",
          "leave runtime out and serve HTTP, or use a newer TestMesh");
    }
  }

  private void protocol(@Nullable Object value) {
    List<Integer> spoken = new ArrayList<>();
    List<?> given =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    for (Object one : given) {
      Integer major = ManifestFields.major(one);
      if (major == null) {
        fields.problem(
            "MANIFEST_INVALID", "protocol", "\"protocol\" wants a number or a list of them", null);
        return;
      }
      spoken.add(major);
    }
    if (!spoken.isEmpty() && !spoken.contains(PROTOCOL)) {
      fields.problem(
          TOO_OLD,
          "protocol",
          "the plugin speaks protocol " + spoken.get(0) + ", this host protocol " + PROTOCOL,
          "use a newer TestMesh");
    }
  }

  private void requires(@Nullable Object value, @Nullable SemanticVersion host) {
    Object wanted = value instanceof Map<?, ?> map ? map.get("testmesh") : value;
    if (wanted == null) {
      return;
    }
    VersionRange range = wanted instanceof String text ? VersionRange.parse(text) : null;
    if (range == null) {
      fields.problem(
          "MANIFEST_INVALID",
          "requires",
          "\"requires\" wants a range of versions such as \">=0.1\", got "
              + Quoted.text(wanted.toString()),
          null);
    } else if (host != null && !range.contains(host.release())) {
      fields.problem(
          TOO_OLD,
          "requires",
          "the plugin needs TestMesh "
              + Quoted.inside(wanted.toString())
              + ", this is "
              + text(host),
          "use a TestMesh that fits, or another version of the plugin");
    }
  }

  private static String text(SemanticVersion version) {
    List<String> numbers = new ArrayList<>();
    version.numbers().forEach(number -> numbers.add(number.toString()));
    String core = String.join(".", numbers);
    return version.preRelease().isEmpty()
        ? core
        : core + "-" + String.join(".", version.preRelease());
  }
}
