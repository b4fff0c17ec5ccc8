// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.gateway.upstream.UpstreamException;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GoogleTokensTest {
  private final Map<String, String> secrets = new HashMap<>();
  private final List<String> assertions = new CopyOnWriteArrayList<>();
  private final GoogleTokens tokens =
      new GoogleTokens(name -> secrets.getOrDefault(name, ""), NetHttpTransport::new);
  private HttpServer google;
  private volatile int seconds = 3600;
  private volatile int status = 200;

  @BeforeEach
  void open() throws IOException {
    google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    google.createContext("/token", this::give);
    google.start();
    secrets.put("vertex", account("one@project.example.com"));
  }

  @AfterEach
  void close() {
    google.stop(0);
  }

  @Test
  void givesTheTokenThatTheAccountsSignedWordIsGivenFor() throws Exception {
    assertThat(tokens.of("vertex")).isEqualTo("token-1");

    String[] parts = assertions.getFirst().split("\\.", -1);
    JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.get("iss").asString()).isEqualTo("one@project.example.com");
    assertThat(claims.get("scope").asString()).endsWith("/auth/cloud-platform");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(RsaKey.pair().getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void asksOnceAsLongAsTheTokenLives() throws InterruptedException {
    List<String> given = new CopyOnWriteArrayList<>();
    List<Thread> calls =
        IntStream.range(0, 20)
            .mapToObj(_ -> Thread.ofVirtual().start(() -> given.add(tokens.of("vertex"))))
            .toList();
    for (Thread call : calls) {
      call.join();
    }

    assertThat(given).hasSize(20).containsOnly("token-1");
    assertThat(assertions).hasSize(1);
  }

  @Test
  void asksAgainBeforeTheTokenEnds() {
    seconds = 1;

    assertThat(tokens.of("vertex")).isEqualTo("token-1");
    assertThat(tokens.of("vertex")).isEqualTo("token-2");
  }

  @Test
  void aRotatedSecretIsAnotherAccount() {
    assertThat(tokens.of("vertex")).isEqualTo("token-1");
    secrets.put("vertex", account("two@project.example.com"));

    assertThat(tokens.of("vertex")).isEqualTo("token-2");
  }

  @Test
  void whatIsNoServiceAccountIsGivenAsItIs() {
    for (String value : new String[] {"", "AIza-key", "{not json"}) {
      secrets.put("plain", value);
      assertThat(tokens.of("plain")).isEqualTo(value);
    }
    assertThat(assertions).isEmpty();
  }

  /// Whole key files of other kinds must not be sent to a provider as if they were keys.
  @Test
  void anotherKeyFileIsNeverGivenAway() {
    for (String type : new String[] {"authorized_user", "external_account", ""}) {
      secrets.put("vertex", "{\"type\":\"%s\",\"refresh_token\":\"canary\"}".formatted(type));

      assertThatThrownBy(() -> tokens.of("vertex"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("'vertex'")
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void aTokenThatIsNotGivenIsTheProvidersFailure() {
    status = 401;

    assertThatThrownBy(() -> tokens.of("vertex"))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> assertThat(e.what()).isEqualTo(UpstreamException.Cause.UNREACHABLE))
        .hasMessageContaining("'vertex'")
        .hasMessageNotContaining("PRIVATE");
    assertThat(assertions).hasSize(1);
  }

  @Test
  void aBrokenKeyFileIsToldWithoutWhatIsInIt() {
    secrets.put(
        "vertex",
        "{\"type\":\"service_account\",\"client_email\":\"a@b\",\"client_id\":\"1\","
            + "\"private_key_id\":\"k\",\"private_key\":\"canary\"}");

    assertThatThrownBy(() -> tokens.of("vertex"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'vertex'")
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  private void give(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith("assertion=")) {
        assertions.add(
            URLDecoder.decode(pair.substring("assertion=".length()), StandardCharsets.UTF_8));
      }
    }
    byte[] answer =
        (status == 200
                ? "{\"access_token\":\"token-%d\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
                    .formatted(assertions.size(), seconds)
                : "{\"error\":\"invalid_grant\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String account(String email) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", "service_account")
        .put("project_id", "project")
        .put("private_key_id", "k1")
        .put("private_key", RsaKey.pem())
        .put("client_email", email)
        .put("client_id", "1")
        .put("token_uri", "http://127.0.0.1:" + google.getAddress().getPort() + "/token")
        .toString();
  }
}
