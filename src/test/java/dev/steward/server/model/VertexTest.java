// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.steward.gateway.token.RsaKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A provider whose secret is the key file of a Google service account.
class VertexTest {
  private static final String PATH =
      "/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-flash:generateContent";
  private static final byte[] FINE = "{\"candidates\":[]}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final AtomicInteger given = new AtomicInteger();
  private GatewayServer gateway;
  private HttpServer google;
  private volatile int status = 200;

  @BeforeEach
  void open() throws IOException {
    google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    google.createContext(
        "/token",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              "{\"access_token\":\"ya29.%d\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
                  .formatted(given.incrementAndGet())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    google.start();
    gateway = new GatewayServer(folder);
    gateway
        .server()
        .apply(
            gateway
                .manifest()
                .replace(
                    "models: [gemini-2.5-flash]}",
                    "models: [gemini-2.5-flash], secret: vertex, keyHeader: authorization,"
                        + " attempts: 1}"));
    gateway
        .server()
        .send(
            gateway
                .server()
                .request("/api/v1/secrets/vertex")
                .PUT(BodyPublishers.ofString(account()))
                .build());
  }

  @AfterEach
  void close() {
    gateway.close();
    google.stop(0);
  }

  @Test
  void aCallCarriesTheTokenThatTheAccountGives() {
    gateway
        .provider()
        .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));

    assertThat(ask().statusCode()).isEqualTo(200);
    assertThat(ask().statusCode()).isEqualTo(200);

    assertThat(gateway.provider().received())
        .extracting(received -> received.headers().get("authorization"))
        .containsExactly("Bearer ya29.1", "Bearer ya29.1");
    assertThat(gateway.provider().last().path()).isEqualTo(PATH);
  }

  @Test
  void aCallWithoutATokenIsNeverSent() {
    status = 503;

    HttpResponse<InputStream> answer = ask();

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(new String(GatewayServer.bytes(answer), StandardCharsets.UTF_8))
        .contains("no access token")
        .doesNotContain("PRIVATE");
    assertThat(gateway.provider().received()).isEmpty();
    assertThat(gateway.newestSpan(1).get("status").asString()).isEqualTo("error");
  }

  private HttpResponse<InputStream> ask() {
    return gateway.post(PATH, "{\"contents\":[]}");
  }

  private String account() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", "service_account")
        .put("project_id", "p")
        .put("private_key_id", "k1")
        .put("private_key", RsaKey.pem())
        .put("client_email", "one@p.example.com")
        .put("client_id", "1")
        .put("token_uri", "http://127.0.0.1:" + google.getAddress().getPort() + "/token")
        .toString();
  }
}
