package io.testmesh.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.testmesh.backends.Backends.Backend;
import io.testmesh.backends.Backends.Kind;
import io.testmesh.backends.Backends.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class BackendsTest {

  @ParameterizedTest
  @EnumSource
  void an_address_in_the_environment_comes_first(Kind kind) throws Exception {
    try (Backends backends = new Backends(Map.of(kind.variable(), "there:1"), () -> true, null)) {
      assertThat(backends.source(kind)).isEqualTo(Source.ENVIRONMENT);
      Backend backend = backends.get(kind);
      assertThat(backend.address()).isEqualTo("there:1");
      assertThat(backend.source()).isEqualTo(Source.ENVIRONMENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void then_a_container_where_docker_answers_and_then_a_process(Kind kind) throws Exception {
    try (Backends docker = new Backends(Map.of(kind.variable(), " "), () -> true, null);
        Backends none = new Backends(Map.of(), () -> false, null)) {
      assertThat(docker.source(kind)).isEqualTo(Source.CONTAINER);
      assertThat(none.source(kind)).isEqualTo(Source.PROCESS);
    }
  }

  @Test
  void a_server_is_started_once_and_ends_with_its_owner() throws Exception {
    Backend first;
    try (Backends backends = new Backends(Map.of(), () -> false, null)) {
      first = backends.get(Kind.REDIS);
      assertThat(backends.get(Kind.REDIS)).isSameAs(first);
      int port = Integer.parseInt(first.address().substring(first.address().lastIndexOf(':') + 1));
      try (RedisTalk talk = new RedisTalk(port)) {
        assertThat(talk.ask(java.util.List.of("PING"))).isEqualTo("PONG");
      }
    }
    Ports.require(
        Integer.parseInt(first.address().substring(first.address().lastIndexOf(':') + 1)));
  }
}
