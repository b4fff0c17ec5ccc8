// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.Control;
import dev.steward.control.Requests;
import dev.steward.control.access.Actor;
import dev.steward.control.approval.Status;
import dev.steward.control.command.Command;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Approvals that were asked for before a restart are answered after it, over API and commands.
class ApprovalsOverHttpTest {
  private static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: erik@example.com}
      spec: {displayName: Erik, grants: [{role: approver, agents: [refunds]}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: fay@example.com}
      spec: {displayName: Fay, grants: [{role: approver, content: false}]}
      """;
  private static final String ARGUMENTS = "{\"account\":\"DE89\",\"amount\":500.50}";

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.openWithoutHistory(folder);
    server.apply(Yaml.fleet());
    server.apply(PEOPLE);
    server.close();
    onLedger(control -> {
      request(control, "a-1", "refunds", ARGUMENTS, Duration.ofHours(1));
      request(control, "a-2", "research", "{\"amount\":7}", Duration.ofHours(1));
      request(control, "a-3", "research", "{\"amount\":8}", Duration.ofMillis(1));
    });
    server = TestServer.openWithoutHistory(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whatWaitsIsListedAndShownWithItsExactArguments() {
    JsonNode list = server.json("/api/v1/approvals?status=pending");
    assertThat(list.path("items").size()).isEqualTo(2);
    assertThat(list.path("pending").asInt()).isEqualTo(2);

    JsonNode one = server.json("/api/v1/approvals/a-1");
    assertThat(one.path("wish").asString())
        .isEqualTo("refunds wants to move money with payments/refund in production");
    assertThat(one.path("consequence").asString()).startsWith("The tool moves money.");
    assertThat(one.path("arguments").toString())
        .isEqualTo("{\"account\":\"DE89\",\"amount\":500.5}");
    assertThat(one.path("why").asString()).isEqualTo("the customer is owed it");
    assertThat(one.path("rules").get(0).asString()).isEqualTo("payments-need-a-human/1");
    assertThat(one.path("mayApprove").asBoolean()).isTrue();
    assertThat(one.path("missing").asInt()).isOne();
  }

  @Test
  void anAnswerIsGivenOnceAndStays() {
    String path = "/api/v1/approvals/a-1";
    JsonNode approved =
        server.ask(path, "{\"answer\":\"approve\",\"reason\":\"owed\",\"minutes\":2.5}");
    assertThat(approved.path("status").asString()).isEqualTo("approved");
    assertThat(approved.path("reviewMinutes").decimalValue()).isEqualByComparingTo("2.5");
    assertThat(approved.path("answers").get(0).path("reason").asString()).isEqualTo("owed");
    assertThat(server.postJson(path, "{\"answer\":\"approve\"}").statusCode()).isEqualTo(409);
    assertThat(server.postJson(path, "{\"answer\":\"maybe\"}").statusCode()).isEqualTo(422);
    assertThat(server.postJson("/api/v1/approvals/a-9", "{\"answer\":\"deny\"}").statusCode())
        .isEqualTo(404);

    server.close();
    onLedger(control -> {
      assertThat(control.state().approvals().find("a-1").orElseThrow().status())
          .isEqualTo(Status.APPROVED);
      control.submit(new Command.UseApproval("a-1"), Actor.agent("refunds"));
    });
    server = TestServer.openWithoutHistory(folder);
    assertThat(server.json(path).path("status").asString()).isEqualTo("used");
    assertThat(server.postJson(path, "{\"answer\":\"deny\"}").statusCode()).isEqualTo(409);
  }

  @Test
  void argumentsThatNoRuleAllowsAnyMoreAreNotTakenAndNothingIsLost() {
    HttpResponse<String> refused =
        server.postJson(
            "/api/v1/approvals/a-1",
            "{\"answer\":\"approve\",\"arguments\":{\"amount\":300.10,\"account\":\"DE89\"}}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("the edited arguments of approval a-1 were not taken")
        .contains("no rule allows refunds to call payments/refund")
        .contains("Write others, or deny the call.");
    assertThat(server.json("/api/v1/approvals/a-1").path("status").asString()).isEqualTo("pending");

    HttpResponse<String> unseen =
        server.postJson(
            "/api/v1/approvals/a-2",
            "{\"answer\":\"approve\",\"argumentsDigest\":\"" + "0".repeat(64) + "\"}");
    assertThat(unseen.statusCode()).isEqualTo(409);
    assertThat(unseen.body()).contains("edited since you saw them");
    assertThat(
            server
                .postJson("/api/v1/approvals/a-2", "{\"answer\":\"approve\",\"arguments\":[1]}")
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void argumentsAreForWhoMayReadContentAndOthersAgentsAreNotSeen() {
    String fay = token("fay@example.com", false);
    JsonNode unread = json(get("/api/v1/approvals/a-1", fay));
    assertThat(unread.path("arguments").isNull()).isTrue();
    assertThat(unread.path("why").isNull()).isTrue();
    assertThat(unread.toString()).doesNotContain("DE89");
    assertThat(unread.path("mayApprove").asBoolean()).isTrue();

    String erik = token("erik@example.com", true);
    assertThat(json(get("/api/v1/approvals", erik)).path("items").size()).isOne();
    assertThat(server.send(get("/api/v1/approvals/a-2", erik)).statusCode()).isEqualTo(404);
  }

  @Test
  void whatExpiredIsPutOnRecordByTheServer() {
    server.await(
        "the expiry is on record",
        () ->
            server
                .json("/api/v1/ledger/control/entries?limit=50")
                .toString()
                .contains("ApprovalExpired"));
    assertThat(server.json("/api/v1/approvals/a-3").path("status").asString()).isEqualTo("expired");
    assertThat(server.postJson("/api/v1/approvals/a-3", "{\"answer\":\"approve\"}").statusCode())
        .isEqualTo(409);
  }

  @Test
  void commandsListApproveAndDeny() {
    assertThat(run("approvals")).isZero();
    assertThat(terminal.said()).contains("a-1", "a-2", "move money with payments/refund");
    assertThat(run("approvals", "a-1")).isZero();
    assertThat(terminal.said()).contains("500.5", "the customer is owed it");
    assertThat(run("approve", "a-1", "--arguments", "{\"amount\":1}")).isEqualTo(2);
    assertThat(terminal.complained())
        .contains("the edited arguments of approval a-1 were not taken");
    assertThat(run("approve", "a-1", "--reason", "owed")).isZero();
    assertThat(terminal.said()).startsWith("approved: refunds wants to move money");
    assertThat(run("deny", "a-2", "--reason", "not owed")).isZero();
    assertThat(terminal.said()).startsWith("denied: research");
    assertThat(run("approvals")).isZero();
    assertThat(terminal.said()).contains("nothing waits for people");
    assertThat(run("approve", "a-2")).isEqualTo(2);
    assertThat(terminal.complained()).contains("denied");
    assertThat(run("approve", "a-1", "--arguments", "{")).isEqualTo(2);
  }

  private static void request(
      Control control, String id, String agent, String arguments, Duration expires) {
    control.submit(
        Requests.of(
            id, agent, arguments, "", List.of(new ApprovalTerms(List.of(), 1, false, expires))),
        Actor.agent(agent));
  }

  private void onLedger(Consumer<Control> work) {
    try (Closing closing = new Closing()) {
      work.accept(ApprovalProcess.open(folder, closing));
    }
  }

  private JsonNode json(HttpRequest request) {
    return JsonMapper.shared().readTree(server.send(request).body());
  }

  private HttpRequest get(String path, String token) {
    return HttpRequest.newBuilder(server.uri(path))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private String token(String holder, boolean content) {
    return server
        .ask(
            "/api/v1/tokens",
            "{\"person\":\""
                + holder
                + "\",\"purpose\":\"test\",\"grants\":[{\"role\":\"approver\",\"content\":"
                + content
                + (content ? ",\"agents\":[\"refunds\"]" : "")
                + "}]}")
        .path("token")
        .asString();
  }

  private int run(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 4);
    all[words.length] = "--server";
    all[words.length + 1] = server.uri("/").toString();
    all[words.length + 2] = "--token";
    all[words.length + 3] = server.token();
    return terminal.run(all);
  }
}
