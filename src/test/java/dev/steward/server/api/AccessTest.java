// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
  private static final long TRACE = 0xacce55;

  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    server = TestServer.open(folder);
    server.apply(Yaml.fleet());
    send(Otlp.run(TRACE, "refunds"));
    send(failing());
    server.awaitLoaded(4);
  }

  private static ExportTraceServiceRequest failing() {
    return Otlp.request(
        java.util.List.of(
            Otlp.span(TRACE + 99, 1, 0, "invoke_agent refunds")
                .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                .addAttributes(Otlp.text("gen_ai.agent.name", "refunds"))
                .setStatus(
                    io.opentelemetry.proto.trace.v1.Status.newBuilder()
                        .setCode(
                            io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no order of secret customer"))));
  }

  private void send(ExportTraceServiceRequest request) throws Exception {
    HttpRequest spans =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(request.toByteArray()))
            .build();
    assertThat(server.client().send(spans, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void everyDocumentedRouteButTheReferenceNeedsAToken() {
    for (var route : server.steward().routes()) {
      if (route.documented() && !route.path().endsWith("openapi.json")) {
        HttpRequest request =
            HttpRequest.newBuilder(server.uri(route.path().replaceAll("[{}.]", "")))
                .method(route.method(), BodyPublishers.ofString("{}"))
                .build();
        assertThat(server.send(request).statusCode()).as(route.path()).isEqualTo(401);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "viewer,    GET,  /api/v1/runs,                      200",
    "viewer,    GET,  /api/v1/ingest,                    200",
    "viewer,    POST, /api/v1/apply,                     403",
    "viewer,    GET,  /api/v1/tokens,                    403",
    "viewer,    POST, /api/v1/keys,                      403",
    "viewer,    GET,  /api/v1/dead-letters,              403",
    "viewer,    POST, /api/v1/holds,                     403",
    "developer, POST, /api/v1/apply?dryRun=true,         422",
    "developer, GET,  /api/v1/tokens,                    403",
    "developer, GET,  /api/v1/dead-letters,              403",
    "operator,  GET,  /api/v1/dead-letters,              200",
    "operator,  GET,  /api/v1/tokens,                    403",
    "operator,  POST, /api/v1/people/dana/erase,         403",
    "admin,     GET,  /api/v1/tokens,                    200"
  })
  void aRoleOpensWhatItsDutiesNeedAndNothingElse(
      String role, String method, String path, int status) {
    String token = token("{\"role\":\"" + role + "\"}");

    HttpResponse<String> response = as(token, method, path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
  }

  @Test
  void contentIsAPermissionOfItsOwn() {
    String without = token("{\"role\":\"operator\",\"content\":false}");
    String with = token("{\"role\":\"viewer\",\"content\":true}");
    String run = "/api/v1/runs/" + Otlp.trace(TRACE);
    String span = run + "/spans/" + Otlp.spanId(2);

    assertThat(as(with, "GET", span).body()).contains("the secret question");
    assertThat(as(with, "GET", run).body()).contains("\"title\":\"the secret question\"");
    assertThat(as(without, "GET", span).statusCode()).isEqualTo(403);
    assertThat(as(without, "GET", run).statusCode()).isEqualTo(200);
    assertThat(as(without, "GET", run).body()).doesNotContain("secret");
    assertThat(as(without, "GET", "/api/v1/runs").body()).doesNotContain("secret");
    assertThat(as(without, "GET", "/api/v1/runs?text=secret").statusCode()).isEqualTo(403);
    assertThat(as(without, "GET", "/api/v1/content/" + "0".repeat(64)).statusCode()).isEqualTo(403);
  }

  @Test
  void whatAFailureSaysIsContent() {
    String run = "/api/v1/runs/" + Otlp.trace(TRACE + 99);

    assertThat(server.get(run).body()).contains("secret customer");
    assertThat(as(token("{\"role\":\"operator\",\"content\":false}"), "GET", run).body())
        .contains("\"status\":\"error\"")
        .doesNotContain("secret customer");
  }

  @Test
  void aScopeNarrowsWhatIsSeen() {
    String lab = token("{\"role\":\"developer\",\"teams\":[\"lab\"]}");
    String support = token("{\"role\":\"developer\",\"teams\":[\"support\"]}");

    assertThat(as(support, "GET", "/api/v1/runs").body()).contains(Otlp.trace(TRACE));
    assertThat(as(lab, "GET", "/api/v1/runs").body()).doesNotContain(Otlp.trace(TRACE));
    assertThat(as(lab, "GET", "/api/v1/runs/" + Otlp.trace(TRACE)).statusCode()).isEqualTo(404);
    assertThat(as(lab, "GET", "/api/v1/agents").body())
        .contains("research")
        .doesNotContain("\"refunds\"");
    assertThat(as(lab, "GET", "/api/v1/resources/Agent/refunds").statusCode()).isEqualTo(404);
    assertThat(as(support, "GET", "/api/v1/cost").body()).contains("\"agent\":\"refunds\"");
    assertThat(as(lab, "GET", "/api/v1/cost").statusCode()).isEqualTo(200);
    assertThat(as(lab, "GET", "/api/v1/cost").body()).doesNotContain("refunds");
    assertThat(as(lab, "GET", "/api/v1/cost/tasks").body()).doesNotContain("refunds");
    String nobody = token("{\"role\":\"developer\",\"teams\":[\"nobodys\"]}");
    assertThat(as(nobody, "GET", "/api/v1/cost").statusCode()).isEqualTo(403);
    assertThat(as(lab, "GET", "/api/v1/cost?agent=research").statusCode()).isEqualTo(200);
    assertThat(as(lab, "GET", "/api/v1/cost?agent=refunds").statusCode()).isEqualTo(403);
    assertThat(as(lab, "GET", "/api/v1/ledger/control/entries").statusCode()).isEqualTo(403);
    assertThat(as(lab, "GET", "/api/v1/resources/Person").statusCode()).isEqualTo(403);
  }

  @Test
  void wordsAreSearchedForInWhatMayBeRead() {
    String lab = token("{\"role\":\"viewer\",\"teams\":[\"lab\"],\"content\":true}");
    String support = token("{\"role\":\"viewer\",\"teams\":[\"support\"],\"content\":true}");

    assertThat(as(support, "GET", "/api/v1/runs?text=secret").body()).contains(Otlp.trace(TRACE));
    assertThat(as(support, "GET", "/api/v1/runs?text=secret&agent=refunds").body())
        .contains(Otlp.trace(TRACE));
    assertThat(as(lab, "GET", "/api/v1/runs?text=secret").statusCode()).isEqualTo(200);
    assertThat(as(lab, "GET", "/api/v1/runs?text=secret").body()).doesNotContain(Otlp.trace(TRACE));
  }

  @Test
  void whoMaySeeOneRunOfATraceSeesNothingOfTheOthers() throws Exception {
    long shared = TRACE + 99;
    send(Otlp.run(shared, "refunds"));
    send(
        Otlp.request(
            List.of(
                Otlp.span(shared, 7, 0, "invoke_agent research")
                    .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                    .addAttributes(Otlp.text("gen_ai.agent.name", "research")))));
    server.awaitLoaded(8);
    String lab = token("{\"role\":\"developer\",\"teams\":[\"lab\"],\"content\":true}");
    String run = "/api/v1/runs/" + Otlp.trace(shared) + "-" + Otlp.spanId(7);

    assertThat(as(lab, "GET", run).body())
        .contains(Otlp.spanId(7))
        .doesNotContain(Otlp.spanId(1), Otlp.spanId(2), "refund");
    assertThat(as(lab, "GET", run + "/graph").body()).doesNotContain("refund");
    assertThat(as(lab, "GET", "/api/v1/runs?text=secret").body()).doesNotContain(run.substring(13));
    assertThat(as(lab, "GET", run + "/spans/" + Otlp.spanId(7)).statusCode()).isEqualTo(200);
    assertThat(as(lab, "GET", run + "/spans/" + Otlp.spanId(2)).statusCode()).isEqualTo(404);
    assertThat(server.get(run).body()).contains(Otlp.spanId(7), Otlp.spanId(2));
  }

  @Test
  void aNullInAListIsMalformed() {
    HttpRequest request =
        server
            .request("/api/v1/tokens")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"purpose\":\"x\",\"grants\":[null]}"))
            .build();

    assertThat(server.send(request).statusCode()).isEqualTo(400);
  }

  @Test
  void aGraphShowsWhatWasPassedOnlyToWhoMayReadIt() {
    String path = "/api/v1/runs/" + Otlp.trace(TRACE) + "/graph";

    assertThat(server.get(path).body()).contains("secret");
    assertThat(as(token("{\"role\":\"viewer\",\"content\":false}"), "GET", path).body())
        .contains("gpt-4o")
        .doesNotContain("secret");
  }

  @Test
  void aRevokedTokenStopsWithTheNextRequest() {
    JsonNode issued =
        server.ask("/api/v1/tokens", "{\"purpose\":\"ci\",\"grants\":[{\"role\":\"viewer\"}]}");
    String token = issued.get("token").stringValue();
    assertThat(as(token, "GET", "/api/v1/me").statusCode()).isEqualTo(200);

    server.delete("/api/v1/tokens/" + issued.get("id").stringValue() + "?reason=leaked");

    assertThat(as(token, "GET", "/api/v1/me").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokensValueIsShownOnceAndNowhereElse() {
    JsonNode issued =
        server.ask("/api/v1/tokens", "{\"purpose\":\"once\",\"grants\":[{\"role\":\"viewer\"}]}");
    String value = issued.get("token").stringValue();

    assertThat(server.get("/api/v1/tokens").body()).doesNotContain(value);
    assertThat(server.get("/api/v1/ledger/control/entries?limit=500").body()).doesNotContain(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "bearer st-nothing", "Bearer "})
  void aWrongTokenIsUnauthenticated(String authorization) {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/v1/runs"))
                .header("Authorization", authorization)
                .build());

    assertThat(response.statusCode()).isIn(401, 429);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  private String token(String grant) {
    return server
        .ask("/api/v1/tokens", "{\"purpose\":\"test\",\"grants\":[" + grant + "]}")
        .get("token")
        .stringValue();
  }

  private HttpResponse<String> as(String token, String method, String path) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + token)
            .header(
                "Content-Type", path.contains("apply") ? "application/yaml" : "application/json")
            .method(
                method,
                method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(
                        path.contains("apply")
                            ? ""
                            : "{\"reason\":\"r\",\"agent\":\"refunds\",\"environment\":\"production\",\"subject\":\"run\",\"subjectId\":\"x\"}"))
            .build());
  }
}
