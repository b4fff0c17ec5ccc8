// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Judgements that name a response and no trace, through a whole server.
class JudgementByResponseTest {
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";

  @Test
  void aJudgementOfAResponseIsOneOfItsRun(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.open(folder)) {
      send(server, "/v1/logs", judgement("resp-1", "early"));
      send(server, "/v1/traces", modelCall("resp-1"));
      server.awaitLoaded(1);
      send(server, "/v1/logs", judgement("resp-1", "late"));
    }
    try (TestServer server = TestServer.open(folder)) {
      send(server, "/v1/logs", judgement("resp-1", "after a restart"));
      Instant end = Instant.now().plus(Duration.ofSeconds(20));
      JsonNode judgements = server.json("/api/v1/runs/" + TRACE).get("evaluations");
      while (judgements.size() < 3 && Instant.now().isBefore(end)) {
        Thread.onSpinWait();
        judgements = server.json("/api/v1/runs/" + TRACE).get("evaluations");
      }
      assertThat(judgements)
          .extracting(said -> said.get("label").stringValue())
          .containsExactlyInAnyOrder("early", "late", "after a restart");
      assertThat(judgements)
          .allMatch(said -> said.get("spanId").stringValue().equals("eee19b7ec3c1b174"));
    }
  }

  private static void send(TestServer server, String path, String json) throws Exception {
    assertThat(
            server
                .send(
                    HttpRequest.newBuilder(server.otlpUri(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build())
                .statusCode())
        .isEqualTo(200);
  }

  private static String modelCall(String response) {
    return """
    {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"eee19b7ec3c1b174",
    "name":"chat m","startTimeUnixNano":"%s","endTimeUnixNano":"%s","attributes":[
    {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
    {"key":"gen_ai.request.model","value":{"stringValue":"m"}},
    {"key":"gen_ai.response.id","value":{"stringValue":"%s"}}]}]}]}]}\
    """
        .formatted(TRACE, nanos(), nanos(), response);
  }

  private static String judgement(String response, String label) {
    return """
    {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"%s",
    "eventName":"gen_ai.evaluation.result","attributes":[
    {"key":"gen_ai.evaluation.name","value":{"stringValue":"tone"}},
    {"key":"gen_ai.evaluation.score.label","value":{"stringValue":"%s"}},
    {"key":"gen_ai.response.id","value":{"stringValue":"%s"}}]}]}]}]}\
    """
        .formatted(nanos(), label, response);
  }

  private static String nanos() {
    return Instant.now().getEpochSecond() + "000000000";
  }
}
