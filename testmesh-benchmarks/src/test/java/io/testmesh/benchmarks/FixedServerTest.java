package io.testmesh.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class FixedServerTest {
  private final OkHttpClient client = new OkHttpClient();

  @Test
  void every_request_on_a_connection_gets_the_same_answer() throws Exception {
    try (FixedServer server = new FixedServer()) {
      Request get = new Request.Builder().url(server.url()).build();
      Request post = get.newBuilder().post(RequestBody.create(new byte[3000])).build();

      assertThat(body(get)).contains("\"id\": 17").isEqualTo(body(post)).isEqualTo(body(get));
      assertThat(client.connectionPool().connectionCount()).isEqualTo(1);
    } finally {
      client.connectionPool().evictAll();
    }
  }

  @Test
  void a_closed_server_answers_nobody() {
    FixedServer server = new FixedServer();
    Request get = new Request.Builder().url(server.url()).build();
    server.close();

    assertThatThrownBy(() -> body(get)).isInstanceOf(IOException.class);
  }

  private String body(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
      return response.body().string();
    }
  }
}
