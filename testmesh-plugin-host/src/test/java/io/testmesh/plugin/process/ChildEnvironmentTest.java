package io.testmesh.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.plugin.Row;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What plugins see of the environment. */
final class ChildEnvironmentTest {
  private static final Machine LINUX = new Machine("Linux", "amd64");

  @Test
  @Row({"I3", "O15"})
  void programs_get_what_they_need_and_no_secrets() {
    Map<String, String> seen =
        ChildEnvironment.of(
            Map.of(
                "PATH", "/bin",
                "LC_ALL", "C",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "DB_PASSWORD", "secret",
                "SSL_CERT_FILE", "/certs",
                "BASH_FUNC_x", "() { :; }"),
            Set.of(),
            LINUX);

    assertThat(seen)
        .containsOnlyKeys("PATH", "LC_ALL", "SSL_CERT_FILE", "NO_PROXY", "no_proxy")
        .doesNotContainValue("secret");
  }

  @Test
  @Row("I3")
  void what_is_granted_is_seen() {
    Map<String, String> seen =
        ChildEnvironment.of(
            Map.of("TOKEN", "t", "OTHER", "o", "SHELLSHOCK", "() { x; }"),
            Set.of("TOKEN", "SHELLSHOCK", "ABSENT"),
            LINUX);

    assertThat(seen).containsOnlyKeys("TOKEN", "NO_PROXY", "no_proxy");
  }

  @Test
  @Row("I1")
  void the_proxy_is_not_for_this_machine() {
    assertThat(
            ChildEnvironment.of(
                Map.of("HTTP_PROXY", "http://proxy", "no_proxy", "example.org, localhost"),
                Set.of(),
                LINUX))
        .containsEntry("HTTP_PROXY", "http://proxy")
        .containsEntry("NO_PROXY", "example.org, localhost,127.0.0.1,::1");
  }

  @Test
  void windows_has_names_of_its_own() {
    Map<String, String> seen =
        ChildEnvironment.of(
            Map.of("Path", "C:\\bin", "SystemRoot", "C:\\Windows", "HOME", "x"),
            Set.of(),
            new Machine("Windows 11", "amd64"));

    assertThat(seen).containsOnlyKeys("Path", "SystemRoot", "NO_PROXY");
  }
}
