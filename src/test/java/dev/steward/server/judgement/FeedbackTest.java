// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people think of runs, from the request to where it is read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedbackTest {
  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    server = TestServer.open(folder);
    server.apply(Yaml.fleet());
    for (int i = 1; i <= 2; i++) {
      server.send(
          HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
              .header("Content-Type", "application/x-protobuf")
              .POST(BodyPublishers.ofByteArray(Otlp.run(i, "refunds").toByteArray()))
              .build());
    }
    server.awaitLoaded(6);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void eachPartIsAJudgementOfTheRunAndNoneItsOutcome() {
    JsonNode told =
        server.ask(
            run(1) + "/feedback",
            """
            {"thumbs":"down","comment":" It took long. ","correction":"No refund was due.",
             "escalation":"The customer asked for a person.","who":"customer-7"}
            """);

    assertThat(told.get("kept").valueStream().map(JsonNode::stringValue))
        .containsExactly("thumbs-down", "comment", "correction", "escalation");
    assertThat(told.get("by").stringValue()).startsWith("customer-7 via token:");
    server.await("it is seen", () -> judgements(1).size() == 4);
    assertThat(judgements(1).valueStream())
        .allSatisfy(judgement -> {
          assertThat(judgement.get("name").stringValue()).isEqualTo("feedback");
          assertThat(judgement.get("outcome").asBoolean()).isFalse();
          assertThat(judgement.get("by")).isEqualTo(told.get("by"));
        });
    assertThat(judgements(1).valueStream().map(j -> j.path("label").asString()))
        .containsExactlyInAnyOrder("thumbs-down", "comment", "correction", "escalation");
    assertThat(judgements(1).valueStream().map(j -> j.path("explanation").asString("")))
        .contains("It took long.", "No refund was due.", "The customer asked for a person.");
    assertThat(server.json(run(1)).path("outcome").isNull()).isTrue();
  }

  @Test
  void itIsReadOnTheRunsPageAsText() {
    server.ask(run(2) + "/feedback", "{\"thumbs\":\"up\",\"comment\":\"<b>Fine</b>\"}");
    server.await("it is seen", () -> judgements(2).size() == 2);

    HttpRequest page =
        HttpRequest.newBuilder(server.uri("/runs/" + Otlp.trace(2)))
            .header("Authorization", "Bearer " + server.token())
            .build();
    HttpResponse<String> html = server.send(page);
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.body())
        .contains("thumbs-up", "&lt;b&gt;Fine&lt;/b&gt;", "2 other judgements")
        .doesNotContain("<b>Fine</b>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                     | has none of them
          {"comment":"  "}       | it has none of them
          {"thumbs":"sideways"}  | it takes up or down
          {"thumb":"up"}         | Did you mean thumbs?
          """)
  void whatSaysNothingIsRefusedWithTheWayToSayIt(String body, String said) {
    HttpResponse<String> answer = server.postJson(run(2) + "/feedback", body);

    assertThat(answer.statusCode()).isIn(400, 422);
    assertThat(JsonMapper.shared().readTree(answer.body()).get("detail").stringValue())
        .contains(said);
  }

  @Test
  void aTextThatIsTooLongIsNamed() {
    HttpResponse<String> answer =
        server.postJson(run(2) + "/feedback", "{\"comment\":\"" + "x".repeat(10_001) + "\"}");

    assertThat(answer.statusCode()).isIn(400, 422);
    assertThat(answer.body()).contains("`comment` has 10001 characters, and may have 10000");
    assertThat(server.postJson("/api/v1/runs/" + Otlp.trace(9) + "/feedback", "{}").statusCode())
        .isEqualTo(404);
  }

  private JsonNode judgements(long number) {
    return server.json(run(number)).get("evaluations");
  }

  private static String run(long number) {
    return "/api/v1/runs/" + Otlp.trace(number);
  }
}
