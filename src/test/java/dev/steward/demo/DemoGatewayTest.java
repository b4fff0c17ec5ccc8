// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.demo.Role.StoryNumber;
import dev.steward.demo.provider.DemoProvider;
import dev.steward.demo.talk.ModelClient;
import dev.steward.demo.talk.Pause;
import dev.steward.demo.talk.Prompter;
import dev.steward.demo.talk.RefusedException;
import dev.steward.demo.tool.Hands;
import dev.steward.demo.tool.PaymentsDesk;
import dev.steward.demo.tool.ToolClient;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The demo's live stories through a whole server, in no time.
class DemoGatewayTest {
  private static final Pause NONE = taken -> {};
  private static final String KEY = "demo-provider-key";

  @TempDir Path folder;
  private final Prompter prompter = new Prompter();
  private final Map<String, String> keys = new HashMap<>();
  private TestServer server;
  private DemoProvider provider;
  private ModelClient models;
  private ToolClient tools;
  private PaymentsDesk payments;

  @BeforeEach
  void open() {
    provider = DemoProvider.open(prompter, KEY, NONE);
    payments = PaymentsDesk.open();
    server = TestServer.open(folder);
    for (String secret : List.of("openai-key", "anthropic-key")) {
      server.send(
          server
              .request("/api/v1/secrets/" + secret)
              .header("Content-Type", "text/plain")
              .PUT(BodyPublishers.ofString(KEY))
              .build());
    }
    server.apply(
        manifests()
            .replace("http://provider.example", provider.url())
            .replace("http://127.0.0.1:9101/mcp", payments.url()));
    for (String agent : Fleet.registeredAgents()) {
      String asked = "{\"agent\":\"%s\",\"environment\":\"development\"}".formatted(agent);
      keys.put(agent, server.ask("/api/v1/keys", asked).get("key").asString());
    }
    models = new ModelClient(server.uri("/"));
    tools = new ToolClient(server.uri("/"));
  }

  @AfterEach
  void close() {
    models.close();
    tools.close();
    server.close();
    payments.close();
    provider.close();
  }

  @Test
  void theSearchLoopIsStoppedByTheGateway() {
    assertThatThrownBy(() -> play(new Support(), StoryNumber.next(0, 31, 12), false))
        .isInstanceOf(RefusedException.class);

    JsonNode run = run("agent=support");
    assertThat(run.path("outcome").asString()).isEqualTo("stopped: loop");
    assertThat(run.path("status").asString()).isEqualTo("failed");
    assertThat(run.path("toolCalls").asInt()).isEqualTo(5);
    assertThat(judgement(run))
        .isEqualTo(
            "This run is stopped, since it goes round: it called search_mail with the same"
                + " arguments 5 times in a row and got the same answer each time. Begin a new run,"
                + " or raise the version's orchestration.loops.sameCall.");
  }

  @Test
  void anotherProviderAnswersWhereTheFirstFails() throws InterruptedException {
    play(new Support(), StoryNumber.next(0, 9, 4), false);

    JsonNode run = run("agent=support");
    assertThat(run.path("outcome").asString()).isEqualTo("success");
    JsonNode first = calls(run).getFirst();
    assertThat(first.path("model").asString()).startsWith("claude-sonnet-4-5");
    assertThat(calls(run).getLast().path("model").asString()).startsWith("gpt-5");
    assertThat(run.path("cost").path("known").asBoolean()).isTrue();
  }

  @Test
  void aDearNoteIsStoppedByItsBudget() {
    assertThatThrownBy(() -> play(new Research(), StoryNumber.next(0, 29, 17), false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("market-note");

    JsonNode run = run("agent=research");
    assertThat(run.path("outcome").asString()).isEqualTo("stopped: budget");
    assertThat(new BigDecimal(run.path("cost").path("amount").asString()))
        .isLessThanOrEqualTo(new BigDecimal("0.25"));
  }

  @Test
  void theOperatorStopsARunThatOversteps() {
    assertThatThrownBy(() -> play(new Coding(), 0, true))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("release script");

    assertThat(run("agent=coding").path("outcome").asString()).isEqualTo("stopped: killed");
  }

  @Test
  void subAgentsAskWithTheirOwnKeysWithinTheRun() throws InterruptedException {
    play(new Research(), 0, false);

    JsonNode run = run("agent=research");
    assertThat(run.path("outcome").asString()).isEqualTo("success");
    assertThat(calls(run).stream().map(call -> call.path("agent").asString("")))
        .contains("fact-check");
    assertThat(server.json("/api/v1/runs").path("items")).hasSize(1);
  }

  @Test
  void wholeAnswersAndWaitsAreSeenAsOneStep() throws InterruptedException {
    play(new Claims(), 6, false);

    JsonNode run = run("agent=claims");
    assertThat(run.path("modelCalls").asInt()).isEqualTo(4);
    JsonNode detail =
        server.json(
            "/api/v1/runs/%s/spans/%s"
                .formatted(
                    run.path("id").asString(), calls(run).getFirst().path("spanId").asString()));
    assertThat(detail.path("gateway").path("attempts")).hasSize(2);
  }

  @Test
  void aDearRefundWaitsForAPersonWhoMayGiveLess() throws InterruptedException {
    Thread playing = playsBeside(new Support(), StoryNumber.next(0, 13, 9));
    JsonNode waiting = approval("pending");
    assertThat(waiting.path("wish").asString())
        .isEqualTo("support wants to move money with payments/refund in development");
    int asked = waiting.path("arguments").path("amount").asInt();
    assertThat(asked).isGreaterThan(200);
    String order = waiting.path("arguments").path("order_id").asString();

    server.ask(
        "/api/v1/approvals/" + waiting.path("id").asString(),
        """
        {"answer":"approve","reason":"the cable is missing, the rest is fine",\
        "arguments":{"order_id":"%s","amount":%d}}\
        """
            .formatted(order, asked - 30));
    playing.join();

    JsonNode used = approval("used");
    assertThat(used.path("arguments").path("amount").asInt()).isEqualTo(asked - 30);
    assertThat(used.path("originalArguments").path("amount").asInt()).isEqualTo(asked);
    assertThat(run("agent=support").path("outcome").asString()).isEqualTo("success");
  }

  @Test
  void aDearRefundThatIsDeniedIsNotMade() throws InterruptedException {
    Thread playing = playsBeside(new Support(), StoryNumber.next(0, 13, 9));
    JsonNode waiting = approval("pending");
    server.ask(
        "/api/v1/approvals/" + waiting.path("id").asString(),
        "{\"answer\":\"deny\",\"reason\":\"the machine was used for a year\"}");
    playing.join();

    assertThat(run("agent=support").path("outcome").asString()).isEqualTo("declined");
  }

  /// Plays a story that waits for somebody.
  private Thread playsBeside(Role role, int number) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            play(role, number, false);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// The only approval, once it stands so.
  private JsonNode approval(String status) {
    String path = "/api/v1/approvals?status=" + status;
    server.await("an approval is " + status, () -> server.json(path).path("items").size() == 1);
    return server.json(path).path("items").get(0);
  }

  private void play(Role role, int number, boolean opening) throws InterruptedException {
    URI otlp = server.otlpUri("/");
    SplittableRandom dice = new SplittableRandom(7);
    Operator operator =
        (run, reason) ->
            server.ask(
                "/api/v1/kills",
                "{\"selector\":{\"run\":\"%s\"},\"reason\":\"%s\"}".formatted(run, reason));
    GatewayMind mind =
        new GatewayMind(models, prompter, keys, role, dice, new GatewayMind.Counts());
    Hands hands = new Hands(tools, Objects.requireNonNull(keys.get(role.agent())));
    try (Stage stage =
        new Stage(
            otlp,
            role.agent(),
            Objects.requireNonNull(keys.get(role.agent())),
            Fleet.ENVIRONMENT,
            dice)) {
      role.play(
          stage.beside(dice, mind, operator, Optional.of(hands)),
          new Timeline.Live(NONE),
          new StoryNumber(0, number, opening));
    }
  }

  /// The only run, once all of it is loaded.
  private JsonNode run(String query) {
    server.await(
        "the run is over and loaded",
        () -> {
          JsonNode runs = server.json("/api/v1/runs?" + query).path("items");
          return runs.size() == 1
              && !runs.get(0).path("outcome").asString("").isEmpty()
              && !runs.get(0).path("status").asString().equals("working")
              && server.json("/api/v1/ingest").path("waiting").asLong() == 0;
        });
    String id = server.json("/api/v1/runs?" + query).path("items").get(0).path("id").asString();
    return server.json("/api/v1/runs/" + id);
  }

  private static List<JsonNode> calls(JsonNode run) {
    List<JsonNode> calls = new ArrayList<>();
    for (JsonNode span : run.path("spans")) {
      if (span.path("kind").asString().equals("MODEL")) {
        calls.add(span);
      }
    }
    return calls;
  }

  private static String judgement(JsonNode run) {
    for (JsonNode said : run.path("evaluations")) {
      if (said.path("outcome").asBoolean()) {
        return said.path("explanation").asString("");
      }
    }
    throw new AssertionError("no outcome: " + run);
  }

  private static String manifests() {
    try (InputStream stream = DemoGatewayTest.class.getResourceAsStream("/demo/fleet.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
