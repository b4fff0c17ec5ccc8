// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.doctor.Finding.State;
import dev.steward.server.model.GatewayServer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayExamTest {
  @TempDir Path folder;

  @Test
  void anEmptyServerIsToldWhatToSetUpFirst() {
    try (TestServer server = TestServer.open(folder)) {
      List<Finding> findings = findings(server);

      for (String what : List.of("model gateway", "model calls", "budgets", "policies")) {
        assertThat(findings)
            .as(what)
            .anySatisfy(finding -> {
              assertThat(finding.what()).isEqualTo(what);
              assertThat(finding.state()).isEqualTo(State.TO_DO);
              assertThat(finding.next()).isNotEmpty();
            });
      }
    }
  }

  @Test
  void aGatewayThatCanAskIsOk() {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      List<Finding> findings = findings(gateway.server());

      assertThat(saw(findings, "model gateway", State.OK))
          .containsExactly(
              "can ask anthropic (without a key), bedrock (without a key), gemini (without a key),"
                  + " openai (without a key)");
      assertThat(saw(findings, "model calls", State.OK))
          .containsExactly("refunds can ask models with keys of their own");
      assertThat(saw(findings, "way round", State.TO_DO))
          .containsExactly("refunds only observed: a call past the gateway would not be marked");
    }
  }

  @Test
  void aProviderWithoutItsSecretIsNamed() {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      TestServer server = gateway.server();
      server.apply(
          gateway.manifest().replace("models: [gpt-5]", "secret: openai-key, models: [gpt-5]"));

      assertThat(saw(findings(server), "model gateway", State.TO_DO))
          .containsExactly("openai has no key: the secret openai-key is not set");

      server.send(
          server
              .request("/api/v1/secrets/openai-key")
              .header("Content-Type", "text/plain")
              .PUT(BodyPublishers.ofString("a key"))
              .build());
      assertThat(saw(findings(server), "model gateway", State.TO_DO)).isEmpty();
    }
  }

  @Test
  void aKeyWithoutAVersionInForceIsWrong() {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      gateway
          .server()
          .ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"production\"}");

      assertThat(saw(findings(gateway.server()), "agent keys", State.WRONG))
          .containsExactly(
              "refunds has a key for production, where no version of it is in force: its model"
                  + " calls are refused");
    }
  }

  @Test
  void budgetsPoliciesAndGovernedAgentsAreCounted() {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      TestServer server = gateway.server();
      server.apply(
          gateway.manifest().replace("risk: limited", "risk: limited\n  oversight: governed"));
      server.apply(
          """
          apiVersion: steward/v1
          kind: Budget
          metadata: {name: no-calls}
          spec: {limit: {calls: 0}, window: day}
          ---
          apiVersion: steward/v1
          kind: Policy
          metadata: {name: tried}
          spec: {mode: shadow, rules: [{model: gpt-5, effect: deny}]}
          """);
      GatewayServer.bytes(
          gateway.post(
              "/v1/chat/completions",
              "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));

      List<Finding> findings = findings(server);

      assertThat(saw(findings, "budgets", State.OK)).containsExactly("1 declared");
      assertThat(saw(findings, "budgets", State.TO_DO))
          .containsExactly("no-calls refused calls in its window");
      assertThat(saw(findings, "policies", State.OK)).containsExactly("1 declared, 1 in shadow");
      assertThat(saw(findings, "agents", State.OK))
          .containsExactly("1 registered, 1 of them governed");
      assertThat(saw(findings, "way round", State.OK))
          .containsExactly("refunds governed; no call of theirs is known to have gone round");
    }
  }

  @Test
  void anAgentsOwnKeyIsNoWayRoundAndAProvidersIs() {
    Map<String, String> nowhere = Map.of();

    assertThat(new WayRoundExam(Map.of("OPENAI_API_KEY", "sk-steward-abc"), nowhere).findings())
        .extracting(Finding::saw)
        .contains("none in this environment");
    assertThat(new WayRoundExam(Map.of("OPENAI_API_KEY", "sk-proj-abc"), nowhere).findings())
        .extracting(Finding::saw)
        .contains("OPENAI_API_KEY set here: an agent started here can go round");
  }

  @Test
  void aDeclaredProviderThatCanBeReachedIsAWayRound() {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      Map<String, String> declared = exam(gateway.server()).providers();

      assertThat(new WayRoundExam(Map.of(), declared).findings())
          .filteredOn(finding -> finding.what().equals("network"))
          .extracting(Finding::saw)
          .singleElement()
          .asString()
          .contains("bedrock")
          .contains("openai")
          .endsWith("can be reached from here directly");
    }
  }

  private static List<String> saw(List<Finding> findings, String what, State state) {
    return findings.stream()
        .filter(finding -> finding.what().equals(what) && finding.state() == state)
        .map(Finding::saw)
        .toList();
  }

  private static List<Finding> findings(TestServer server) {
    return exam(server).findings();
  }

  private static ServerExam exam(TestServer server) {
    return new ServerExam(
        new ServerConnection(URI.create(server.steward().address()), server.token()));
  }
}
