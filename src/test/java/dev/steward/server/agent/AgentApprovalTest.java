// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.agent.AgentServer.Text;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A call of another agent that people must agree to waits for them, and is made once.
@Timeout(60)
class AgentApprovalTest {
  private static final String[] VERSION = {
    "A2A-Version", "1.0", "Content-Type", "application/json"
  };
  private static final String CARD =
      """
      {"name":"Worker","description":"Works","version":"1","supportedInterfaces":[
        {"url":"http://worker.example/rpc","protocolBinding":"JSONRPC","protocolVersion":"1.0"},
        {"url":"http://worker.example/rest","protocolBinding":"HTTP+JSON","protocolVersion":"1.0"}]}
      """;

  @TempDir Path folder;
  private AgentServer agents;
  private String planner = "";

  @BeforeEach
  void open() {
    agents = new AgentServer(folder);
    planner = agents.key("planner");
    policy("require_approval, fourEyes: false");
    agents.worker.answers((exchange, body) -> {
      String path = exchange.getRequestURI().getPath();
      ScriptedAgent.text(
          exchange,
          200,
          path.endsWith("agent-card.json")
              ? CARD
              : path.equals("/rpc")
                  ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"task\":{\"id\":\"t-1\",\"status\":{}}}}"
                  : "done: " + body);
    });
  }

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void isToldHowToAskAgainAndMadeOnceAfterwards() {
    Text waiting = agents.post(planner, "/agents/worker/pay?a=1", "{\"sum\":9}");

    assertThat(waiting.status()).isEqualTo(403);
    JsonNode told = json(waiting);
    assertThat(told.path("type").asString()).isEqualTo("urn:steward:refusal:approval-pending");
    assertThat(told.path("retryable").asBoolean()).isTrue();
    assertThat(told.path("detail").asString())
        .contains("planner wants to ask the agent worker", "Make exactly the same call again");
    assertThat(waiting.header("Retry-After")).isNotEmpty();
    assertThat(agents.worker.seen()).isEmpty();
    JsonNode approval = approval();
    assertThat(approval.path("id").asString()).isEqualTo(told.path("approval").asString());
    assertThat(approval.toString()).contains("/pay", "sum");
    assertThat(edited(approval).statusCode()).as("arguments are not edited").isEqualTo(422);

    answer("approve");

    assertThat(agents.post(planner, "/agents/worker/pay?a=1", "{\"sum\":10}").status())
        .as("another call")
        .isEqualTo(403);
    Text made = agents.post(planner, "/agents/worker/pay?a=1", "{\"sum\":9}");
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.body()).isEqualTo("done: {\"sum\":9}");
    assertThat(agents.post(planner, "/agents/worker/pay?a=1", "{\"sum\":9}").status())
        .as("once")
        .isEqualTo(403);
    assertThat(agents.worker.seen()).hasSize(1);
    agents.server.await("the calls are loaded", () -> agents.spans().size() == 4);
    assertThat(agents.spans())
        .extracting(span -> span.path("decision").asString())
        .containsExactlyInAnyOrder(
            "require_approval", "require_approval", "allow", "require_approval");
  }

  @Test
  void waitsAsLongAsItsClientSays() throws InterruptedException {
    Thread person =
        Thread.ofVirtual()
            .start(() -> {
              agents.server.await("it waits", () -> !pending().isEmpty());
              answer("approve");
            });

    Text made = agents.post(planner, "/agents/worker/x", "now", "Prefer", "wait=40");

    person.join();
    assertThat(made.body()).isEqualTo("done: now");
  }

  @Test
  void aVersionThatIsInForceNoLongerIsNeitherAskedNorAsks() throws InterruptedException {
    for (String changed : List.of("planner", "worker")) {
      Thread person =
          Thread.ofVirtual()
              .start(() -> {
                agents.server.await("it waits", () -> !pending().isEmpty());
                agents.server.apply(
                    AgentServer.agent(
                        changed,
                        AgentServer.endpoint(
                            changed.equals("worker") ? agents.worker : agents.planner),
                        "orchestration: {delegates: [%s]}"
                            .formatted(changed.equals("worker") ? "clerk" : "worker"),
                        "data: [{name: handbook, version: \"2\"}]"));
                answer("approve");
              });

      Text refused = agents.post(planner, "/agents/worker/" + changed, "now", "Prefer", "wait=40");

      person.join();
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("another version of " + changed);
    }
    assertThat(agents.worker.seen()).isEmpty();
  }

  @Test
  void whatIsDeniedIsNotMade() {
    agents.post(planner, "/agents/worker/x", "now");
    answer("deny");

    Text denied = agents.post(planner, "/agents/worker/x", "now");

    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.body()).contains("a person denied it");
    assertThat(agents.worker.seen()).isEmpty();
  }

  @Test
  void anAgreementHoldsOnlyAsLongAsPolicyDoes() {
    agents.post(planner, "/agents/worker/x", "now");
    answer("approve");
    policy("deny");

    assertThat(agents.post(planner, "/agents/worker/x", "now").body()).contains("Policy denies");
    assertThat(agents.worker.seen()).isEmpty();
  }

  @Test
  void aMessageOfA2aBecomesATaskThatCanBeAskedFor() {
    Text waiting = send("m-1", "pay");

    assertThat(waiting.status()).isEqualTo(200);
    JsonNode task = json(waiting).at("/result/task");
    String id = task.path("id").asString();
    assertThat(task.at("/status/state").asString()).isEqualTo("TASK_STATE_AUTH_REQUIRED");
    assertThat(state(planner, id)).isEqualTo("TASK_STATE_AUTH_REQUIRED");
    assertThat(state(agents.key("clerk"), id)).as("of another").isEmpty();
    answer("approve");
    assertThat(state(planner, id)).isEqualTo("TASK_STATE_INPUT_REQUIRED");

    assertThat(json(send("m-2", "pay")).at("/result/task/id").asString()).isEqualTo("t-1");
    assertThat(state(planner, id)).isEqualTo("TASK_STATE_COMPLETED");
    assertThat(agents.post(planner, "/a2a/worker", rpc("GetTask", "{\"id\":\"t-1\"}"), VERSION))
        .as("what was begun is looked after without people")
        .satisfies(answer -> assertThat(answer.body()).contains("t-1"));
    assertThat(json(send("m-3", "pay")).at("/result/task/id").asString())
        .as("once")
        .startsWith("approval-");
    assertThat(agents.worker.seen().stream().filter(seen -> seen.body().contains("pay")))
        .hasSize(1);
  }

  @Test
  void onlyWhatTheProtocolNamesLooksAfterATaskWithoutPeople() {
    send("m-1", "pay");
    answer("approve");
    send("m-2", "pay");
    int before = agents.worker.seen().size();

    Text method =
        agents.post(planner, "/a2a/worker", rpc("ExecuteTask", "{\"id\":\"t-1\"}"), VERSION);
    assertThat(method.body()).contains("TASK_STATE_AUTH_REQUIRED");
    Text posted = agents.post(planner, "/a2a/worker/tasks/t-1", "{}", VERSION);
    assertThat(posted.body()).contains("TASK_STATE_AUTH_REQUIRED");
    Text deep = agents.get(planner, "/a2a/worker/run/all/tasks/t-1", VERSION);
    assertThat(deep.body()).contains("TASK_STATE_AUTH_REQUIRED");
    assertThat(agents.worker.seen()).hasSize(before);

    assertThat(agents.get(planner, "/a2a/worker/tasks/t-1", VERSION).body()).startsWith("done");
    assertThat(agents.get(planner, "/a2a/worker/tenant/tasks/t-1", VERSION).body())
        .startsWith("done");
    for (String path : List.of("t-1:cancel", "t-1:subscribe")) {
      assertThat(agents.post(planner, "/a2a/worker/tasks/" + path, "{}", VERSION).body())
          .as(path)
          .startsWith("done");
    }
  }

  @Test
  void nobodyIsAskedAboutAPathThatIsRefused() {
    for (String path : List.of("/agents/worker/..%2fadmin", "/a2a/worker/%c0%ae%c0%ae/admin")) {
      assertThat(agents.post(planner, path, "{}", VERSION).status()).as(path).isEqualTo(400);
    }
    assertThat(agents.server.json("/api/v1/approvals").path("items")).isEmpty();
  }

  @Test
  void peopleSeeAllOfAMessageThatIsSentOn() {
    String body = "{\"message\":{\"messageId\":\"m\",\"parts\":[{\"text\":\"pay\"}]}}";
    String beside =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"SendMessage\",\"beside\":\"b\",\"params\":%s}"
            .formatted(body);

    agents.post(planner, "/a2a/worker?a=1", beside, VERSION);
    assertThat(approval().toString())
        .contains("?a=1", "beside", "pay")
        .doesNotContain("messageId", "\\\"id\\\":7");
    answer("deny");
    agents.post(planner, "/a2a/worker/acme/message:send?b=2", body, VERSION);
    assertThat(approval().toString()).contains("/acme/message:send?b=2", "pay");
    answer("deny");
    String task = rpc("ExecuteTask", "{\"id\":\"t-9\",\"amount\":500}");
    agents.post(planner, "/a2a/worker", task, VERSION);
    assertThat(approval().toString()).contains("ExecuteTask", "t-9", "amount", "500");
    answer("approve");

    agents.post(planner, "/a2a/worker", task.replace("500", "900"), VERSION);
    assertThat(agents.worker.seen()).as("other than was agreed to").isEmpty();
    agents.post(planner, "/a2a/worker", task.replace("\"id\":1", "\"id\":2"), VERSION);
    assertThat(agents.worker.seen()).anyMatch(seen -> seen.body().contains("500"));
  }

  @Test
  void theOtherBindingAndStreamsAreToldInTheirForm() {
    String body = "{\"message\":{\"messageId\":\"m\",\"parts\":[{\"text\":\"pay\"}]}}";

    Text rest = agents.post(planner, "/a2a/worker/message:send", body, VERSION);
    assertThat(json(rest).at("/task/status/state").asString())
        .isEqualTo("TASK_STATE_AUTH_REQUIRED");
    String id = json(rest).at("/task/id").asString();
    Text found = agents.get(planner, "/a2a/worker/tasks/" + id, VERSION);
    assertThat(json(found).path("id").asString()).isEqualTo(id);

    Text stream = agents.post(planner, "/a2a/worker", rpc("SendStreamingMessage", body), VERSION);
    assertThat(stream.header("content-type")).startsWith("text/event-stream");
    assertThat(stream.body()).startsWith("data: ").contains("TASK_STATE_AUTH_REQUIRED");
  }

  private Text send(String message, String words) {
    return agents.post(
        planner,
        "/a2a/worker",
        rpc(
            "SendMessage",
            "{\"message\":{\"messageId\":\"%s\",\"role\":\"ROLE_USER\",\"parts\":[{\"text\":\"%s\"}]}}"
                .formatted(message, words)),
        VERSION);
  }

  private String state(String key, String task) {
    Text answer =
        agents.post(key, "/a2a/worker", rpc("GetTask", "{\"id\":\"" + task + "\"}"), VERSION);
    return json(answer).at("/result/status/state").asString("");
  }

  private static String rpc(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  private JsonNode pending() {
    return agents.server.json("/api/v1/approvals?status=pending").path("items");
  }

  private JsonNode approval() {
    return agents.server.json("/api/v1/approvals/" + pending().get(0).path("id").asString());
  }

  private java.net.http.HttpResponse<String> edited(JsonNode approval) {
    return agents.server.postJson(
        "/api/v1/approvals/" + approval.path("id").asString(),
        "{\"answer\":\"approve\",\"arguments\":{\"path\":\"/other\"}}");
  }

  private void answer(String answer) {
    agents.server.ask(
        "/api/v1/approvals/" + pending().get(0).path("id").asString(),
        "{\"answer\":\"" + answer + "\"}");
  }

  private void policy(String effect) {
    agents.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: asked}
        spec: {agents: [planner], rules: [{delegates: worker, effect: %s}]}
        """
            .formatted(effect));
  }

  private static JsonNode json(Text answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
