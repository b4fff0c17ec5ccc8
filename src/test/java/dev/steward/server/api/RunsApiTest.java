// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.domain.resource.Price;
import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.trace.price.PriceRow;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsApiTest {
  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    server = TestServer.open(folder);
    server.apply(Yaml.fleet());
    for (int i = 1; i <= 5; i++) {
      send(Otlp.run(i, i <= 3 ? "refunds" : "stranger").toByteArray());
    }
    server.awaitLoaded(15);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void theListHasTheFixedShape() {
    JsonNode run = server.json("/api/v1/runs?agent=refunds&limit=1").at("/items/0");

    assertThat(run.propertyNames())
        .startsWith(
            "id",
            "traceId",
            "agent",
            "version",
            "environment",
            "conversation",
            "status",
            "outcome",
            "startedAt",
            "endedAt",
            "steps",
            "modelCalls",
            "toolCalls",
            "errors",
            "inputTokens",
            "outputTokens",
            "cost");
    assertThat(run.get("agent").stringValue()).isEqualTo("refunds");
    assertThat(run.get("status").stringValue()).isEqualTo("finished");
    assertThat(run.get("inputTokens").asLong()).isEqualTo(1000);
    assertThat(run.get("modelCalls").asInt()).isEqualTo(1);
    assertThat(run.get("toolCalls").asInt()).isEqualTo(1);
    assertThat(run.at("/cost/amount").stringValue()).isEqualTo("0.0035");
    assertThat(run.at("/cost/currency").stringValue()).isEqualTo("USD");
    assertThat(run.at("/cost/known").asBoolean()).isTrue();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    JsonNode first = server.json("/api/v1/runs?limit=2");
    JsonNode second = server.json("/api/v1/runs?limit=2&cursor=" + first.get("next").stringValue());
    JsonNode third = server.json("/api/v1/runs?limit=2&cursor=" + second.get("next").stringValue());

    assertThat(first.get("items").size() + second.get("items").size() + third.get("items").size())
        .isEqualTo(5);
    assertThat(third.get("next").isNull()).isTrue();
    assertThat(
            List.of(first, second, third).stream()
                .flatMap(p -> p.get("items").valueStream())
                .map(r -> r.get("id").stringValue()))
        .doesNotHaveDuplicates();
  }

  @Test
  void filtersNarrowTheList() {
    assertThat(server.json("/api/v1/runs?agent=refunds").get("items")).hasSize(3);
    assertThat(server.json("/api/v1/runs?label=team=support").get("items")).hasSize(3);
    assertThat(server.json("/api/v1/runs?label=team=lab").get("items")).isEmpty();
    assertThat(server.json("/api/v1/runs?tool=refund&model=gpt-4o").get("items")).hasSize(5);
    assertThat(server.json("/api/v1/runs?status=failed").get("items")).isEmpty();
    assertThat(server.json("/api/v1/runs?minCost=1").get("items")).isEmpty();
    assertThat(server.json("/api/v1/runs?maxCost=1").get("items")).hasSize(5);
    assertThat(server.json("/api/v1/runs?maxCost=0.0001").get("items")).isEmpty();
    assertThat(server.json("/api/v1/runs?maxSeconds=3600").get("items")).hasSize(5);
    assertThat(server.json("/api/v1/runs?text=secret").get("items")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=501",
        "limit=x",
        "status=broken",
        "sort=name",
        "order=up",
        "from=now",
        "minCost=much",
        "errors=some",
        "label=team",
        "cursor=%25%25"
      })
  void aWrongParameterIsMalformedAndNamed(String parameter) {
    var response = server.get("/api/v1/runs?" + parameter);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonNode problem = JsonMapper.shared().readTree(response.body());
    assertThat(problem.get("detail").stringValue())
        .contains(parameter.substring(0, parameter.indexOf('=')));
    assertThat(problem.get("instance").stringValue()).isEqualTo("/api/v1/runs");
    assertThat(problem.get("remedy").stringValue()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/runs?maxCots=1, maxCots, Did you mean maxCost?",
    "/api/v1/runs?unknownparam=1, unknownparam, It takes agent",
    "/api/v1/cost?environmnt=x, environmnt, Did you mean environment?",
    "/api/v1/agents?modle=x, modle, Did you mean model?",
    "/api/v1/ingest/status?limit=1, limit, It takes none"
  })
  void anUnknownParameterIsRefusedAndTheNearestNamed(String asked, String name, String hint) {
    var response = server.get(asked);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(JsonMapper.shared().readTree(response.body()).get("detail").stringValue())
        .contains("'" + name + "'")
        .contains(hint);
  }

  @Test
  void anUnknownPathOfTheApiIsAProblemAndNoPage() {
    var missing = server.get("/api/v1/nothing");
    var posted = server.postJson("/api/v1/runs/x/nothing", "{}");
    var nobody =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/v1/nothing"))
                .header("Accept", "text/html")
                .build());

    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(posted.statusCode()).isEqualTo(404);
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(List.of(missing, posted, nobody))
        .allSatisfy(r ->
            assertThat(r.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json"));
  }

  @Test
  void oneRunHasItsSpans() {
    JsonNode run = server.json("/api/v1/runs/" + Otlp.trace(1));

    assertThat(run.get("agent").stringValue()).isEqualTo("refunds");
    List<JsonNode> spans = run.get("spans").valueStream().toList();
    assertThat(spans.stream().map(s -> s.get("kind").stringValue()))
        .containsExactlyInAnyOrder("AGENT", "MODEL", "TOOL");
    JsonNode model =
        spans.stream().filter(s -> s.get("kind").stringValue().equals("MODEL")).findAny().get();
    assertThat(model.propertyNames())
        .startsWith(
            "traceId",
            "spanId",
            "parentSpanId",
            "kind",
            "name",
            "agent",
            "model",
            "tool",
            "startedAt",
            "endedAt",
            "status",
            "inputTokens",
            "outputTokens",
            "cost",
            "decision");
    assertThat(model.get("parentSpanId").stringValue()).isEqualTo(Otlp.spanId(1));
    assertThat(model.get("model").stringValue()).isEqualTo("gpt-4o");
  }

  @Test
  void theRowThatACostWasMadeOfIsReadAlsoWhenItWasReplaced() {
    String span = "/api/v1/runs/" + Otlp.trace(1) + "/spans/" + Otlp.spanId(2);
    JsonNode detail = server.json(span);
    String row = detail.at("/priceRows/0").stringValue();

    assertThat(row).isEqualTo("/api/v1/prices/" + detail.get("priceBasis").stringValue());
    assertThat(detail.get("contextWindow").asLong()).isEqualTo(128_000);
    assertThat(server.json(row).get("table").stringValue()).isEqualTo("starter");
    assertThat(server.json(row).at("/price/spec/model").stringValue()).isEqualTo("gpt-4o");
    assertThat(server.get("/api/v1/prices/" + "0".repeat(64)).statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/prices/zz").statusCode()).isEqualTo(400);

    String old = price("3");
    server.apply(old);
    String digest = PriceRow.of(read(old)).digest();
    assertThat(server.json("/api/v1/prices/" + digest).get("inForce").asBoolean()).isTrue();
    server.apply(price("4"));
    JsonNode replaced = server.json("/api/v1/prices/" + digest);
    assertThat(replaced.get("inForce").asBoolean()).isFalse();
    assertThat(replaced.get("table").stringValue()).isEqualTo("declared");
    assertThat(replaced.at("/price/spec/perMillion/input").asString()).isEqualTo("3");
    server.delete("/api/v1/resources/Price/ours");
    assertThat(server.json("/api/v1/prices/" + digest).get("price"))
        .isEqualTo(replaced.get("price"));
  }

  private static String price(String input) {
    return """
    apiVersion: steward/v1
    kind: Price
    metadata: {name: ours}
    spec: {provider: ours, model: ours-1, perMillion: {input: %s}, validFrom: 2026-01-01}
    """
        .formatted(input);
  }

  private static Price read(String yaml) {
    return (Price)
        Manifests.read(List.of(new ManifestFile("ours.yaml", yaml)))
            .declarations()
            .getFirst()
            .resource();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"lable":"x"}       | the field 'lable' is not known. Did you mean label?
          {"score":"high"}    | the field 'score' is 'high': it takes a number
          {"label":{"a":1}}   | the field 'label' takes a text
          [1]                 | the body takes an object
          {"label":           | it breaks off
          """)
  void aBodyThatDoesNotFitIsToldInWordsWithoutOurClasses(String body, String said) {
    var response = server.postJson("/api/v1/runs/" + Otlp.trace(3) + "/outcome", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JsonMapper.shared().readTree(response.body()).get("detail").stringValue())
        .contains(said)
        .contains("line 1")
        .doesNotContain("Outcome", "JsonToken", "java", "jackson", "`");
  }

  @Test
  void aStoredMessageIsFoundByItsHash() {
    JsonNode detail = server.json("/api/v1/runs/" + Otlp.trace(1) + "/spans/" + Otlp.spanId(2));
    String hash = dev.steward.domain.Digest.of(detail.at("/input/0").toString()).hex();

    assertThat(detail.at("/hashes/input/0").stringValue()).isEqualTo(hash);
    assertThat(server.get("/api/v1/content/" + hash).body()).contains("the secret question");
    assertThat(server.get("/api/v1/content/" + "0".repeat(64)).statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/content/zz").statusCode()).isEqualTo(400);
  }

  @Test
  void anOutcomeToldIsSeenWithWhoToldIt() {
    String run = "/api/v1/runs/" + Otlp.trace(2);

    JsonNode told = server.ask(run + "/outcome", "{\"label\":\"success\",\"score\":0.9}");

    assertThat(told.get("by").stringValue()).startsWith("token:");
    server.await(
        "the outcome is seen",
        () -> server.json(run).get("outcome").asString("").equals("success"));
    JsonNode judgement = server.json(run).at("/evaluations/0");
    assertThat(judgement.get("by")).isEqualTo(told.get("by"));
    assertThat(judgement.get("outcome").asBoolean()).isTrue();
    assertThat(server.json("/api/v1/runs?outcome=success").get("items")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"label\":\"\"}", "{\"score\":\"NaN\"}"})
  void anOutcomeThatSaysNothingIsRefused(String body) {
    assertThat(server.postJson("/api/v1/runs/" + Otlp.trace(3) + "/outcome", body).statusCode())
        .isIn(400, 422);
  }

  @Test
  void costIsGrouped() {
    JsonNode table = server.json("/api/v1/cost?by=agent,model");

    assertThat(table.get("items")).hasSize(2);
    JsonNode refunds =
        table
            .get("items")
            .valueStream()
            .filter(r -> r.at("/group/agent").stringValue().equals("refunds"))
            .findAny()
            .orElseThrow();
    assertThat(refunds.at("/group/model").stringValue()).isEqualTo("gpt-4o");
    assertThat(refunds.at("/cost/amount").stringValue()).isEqualTo("0.0105");
    assertThat(server.get("/api/v1/cost?by=colour").statusCode()).isEqualTo(400);
  }

  @Test
  void costIsTakenAwayAsCsvAndInTheColumnsOfFocus() {
    String csv = server.get("/api/v1/cost?by=agent,model&format=csv").body();
    assertThat(csv).startsWith("agent,model,cost,currency").contains("refunds,gpt-4o,0.0105,USD");
    String focus = server.get("/api/v1/cost?format=focus&agent=refunds").body();
    assertThat(focus).startsWith("BilledCost,").contains("0.0105,0.0105", "Usage-Based");
    assertThat(server.json("/api/v1/cost?by=hour&model=none").get("items")).isEmpty();
    assertThat(server.get("/api/v1/cost?format=pdf").statusCode()).isEqualTo(400);
  }

  @Test
  void tasksAreCountedWithWhatTheyCost() {
    JsonNode items = server.json("/api/v1/cost/tasks?by=agent").get("items");
    assertThat(items).isNotEmpty();
    assertThat(items.valueStream())
        .allSatisfy(row ->
            assertThat(row.get("judged").asLong()).isLessThanOrEqualTo(row.get("tasks").asLong()));
    assertThat(server.get("/api/v1/cost/tasks?by=model").statusCode()).isEqualTo(400);
  }

  @Test
  void whoSentSomethingAndWasNeverRegisteredIsFound() {
    JsonNode strangers = server.json("/api/v1/agents/unregistered").get("items");

    assertThat(strangers.valueStream().map(s -> s.get("name").stringValue()))
        .containsExactly("stranger");
    assertThat(strangers.at("/0/runs").asInt()).isEqualTo(2);
  }

  @Test
  void aParameterThatNoStoreCanReadIsRefused() {
    for (String parameter :
        new String[] {
          "agent=%00",
          "version=a%00b",
          "minCost=1E-999999999",
          "minCost=1e999999999",
          "minSeconds=1e999999999",
          "limit=-1",
          "limit=501",
          "cursor=abc",
          "from=2026-13-45"
        }) {
      assertThat(server.get("/api/v1/runs?" + parameter).statusCode()).as(parameter).isEqualTo(400);
    }
  }

  @Test
  void aSpanSentTwiceIsCountedAsADuplicate() throws Exception {
    JsonNode before = server.json("/api/v1/ingest");
    send(Otlp.run(1, "refunds").toByteArray());
    server.awaitLoaded(before.get("accepted").asLong() + 3);

    JsonNode after = server.json("/api/v1/ingest");
    assertThat(after.get("duplicates").asLong()).isEqualTo(before.get("duplicates").asLong() + 3);
    assertThat(after.get("accepted").asLong())
        .isEqualTo(
            after.get("loaded").asLong()
                + after.get("waiting").asLong()
                + after.get("deadLetters").asLong()
                + after.get("duplicates").asLong());
  }

  private void send(byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    assertThat(server.client().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }
}
