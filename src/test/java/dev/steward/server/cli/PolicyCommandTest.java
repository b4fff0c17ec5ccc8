// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Policies from the terminal: apply, who runs under them, test, prove.
class PolicyCommandTest {
  private static final String POLICY = "docs/examples/refunds-policy.yaml";
  private static final String CASES = "docs/examples/refunds-policy.cases.yaml";

  @TempDir static Path folder;
  private static TestServer server;
  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void open() {
    server = TestServer.open(folder.resolve("data"));
    assertThat(new Terminal().run(onServer("apply", "-f", "docs/examples/refunds.yaml"))).isZero();
    assertThat(new Terminal().run(onServer("apply", "-f", POLICY))).isZero();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void theAgentsUnderAPolicyAreToldWithWhereItHolds() {
    assertThat(run("get", "agents", "--policy", "refunds-need-a-human")).isZero();
    assertThat(terminal.said()).contains("refunds", "enforce", "production");
    assertThat(run("get", "agents", "--policy", "nothing")).isEqualTo(2);
    assertThat(terminal.complained()).contains("no Policy named nothing");
    assertThat(run("get", "policies")).isZero();
    assertThat(terminal.said()).contains("refunds-need-a-human");
  }

  @Test
  void casesOfAFileThatNamesItsPoliciesNeedNoServer() {
    assertThat(terminal.run("policy", "test", "--server", "http://127.0.0.1:1", CASES)).isZero();
    assertThat(terminal.said()).contains("0 wrong");
  }

  @Test
  void aCaseThatComesOutOtherwiseIsExitCodeOne() throws IOException {
    Path cases = folder.resolve("in-force.yaml");
    Files.writeString(
        cases,
        """
        cases:
          - {description: reads, agent: refunds, environment: production, tool: payments/get_order, want: allow}
          - {description: wires, agent: refunds, environment: production, tool: payments/wire, want: allow}
        """);
    assertThat(run("policy", "test", cases.toString())).isEqualTo(1);
    assertThat(terminal.said())
        .contains("ok    reads")
        .contains("WRONG wires")
        .contains("wanted allow, got deny: no rule allows refunds to call payments/wire")
        .contains("1 passed, 1 wrong");
  }

  @Test
  void aFileThatIsNoCasesIsWrongUse() throws IOException {
    Path cases = folder.resolve("bad.yaml");
    Files.writeString(cases, "cases: [{agent: x, want: maybe}]\n");
    assertThat(run("policy", "test", cases.toString())).isEqualTo(2);
    assertThat(terminal.complained()).contains("bad.yaml:1: cases[0].want");
  }

  @Test
  void aStatementIsProvedOrRefutedWithACounterexample() {
    assertThat(run("policy", "prove", "agent refunds never payments/refund without approval"))
        .isEqualTo(1);
    assertThat(terminal.said())
        .contains(
            "refunds calls payments/refund in production: allow by refunds-need-a-human/small")
        .contains("when true : args.amount <= 50");
    assertThat(
            run("policy", "prove", "agent refunds never calls payments/refund in environment qa"))
        .isZero();
    assertThat(terminal.said()).contains("proved: agent refunds never calls payments/refund");
    assertThat(run("policy", "prove", "refunds is good")).isEqualTo(2);
    assertThat(run("policy", "prove", "agent refunds never calls nowhere/tool")).isEqualTo(2);
  }

  @Test
  void proposedPoliciesAreProvedToAllowNothingNew() throws IOException {
    Path proposed = folder.resolve("proposed.yaml");
    String policy = Files.readString(Path.of(POLICY));
    Files.writeString(proposed, policy);
    assertThat(run("policy", "prove", "-f", proposed.toString(), "allows nothing new")).isZero();
    Files.writeString(
        proposed,
        policy
            .replace("effect: require_approval", "effect: allow")
            .replace(", approvers: [finance-lead], expires: 30m", ""));
    assertThat(run("policy", "prove", "-f", proposed.toString(), "allows nothing new"))
        .isEqualTo(1);
    assertThat(terminal.said())
        .contains("expansion: ")
        .contains(
            "payments/refund in production, require_approval by refunds-need-a-human/3 -> allow");
    assertThat(
            run(
                "policy",
                "prove",
                "-f",
                POLICY,
                "--before",
                proposed.toString(),
                "allows",
                "nothing",
                "new"))
        .isZero();
    assertThat(terminal.said()).contains("narrowing: ");
  }

  @Test
  void effectsAndLabelsAreProvedOfToolsThatHaveThem() {
    assertThat(run("policy", "prove", "agent refunds never does a money effect without approval"))
        .isEqualTo(1);
    assertThat(terminal.said()).contains("refunds calls payments/refund in production: allow");
    assertThat(run("policy", "prove", "agent refunds never does a delete effect")).isZero();
    assertThat(run("policy", "prove", "agent refunds never reads label nothing")).isEqualTo(2);
    assertThat(terminal.complained()).contains("no rule names the label nothing");
  }

  @Test
  void aVersionIsProvedToAllowNothingThatTheLastDidNot() throws IOException {
    String before = version();
    Path next = folder.resolve("next.yaml");
    String manifest = Files.readString(Path.of("docs/examples/refunds.yaml"));
    Files.writeString(next, manifest.replace("[get_order, refund]", "[get_order]"));
    assertThat(run("apply", "-f", next.toString())).isZero();
    String after = version();

    assertThat(
            run(
                "policy",
                "prove",
                "agent refunds allows nothing that version " + before + " did not"))
        .isZero();
    assertThat(terminal.said()).contains("narrowing: ").contains("refunds: payments/refund");
    assertThat(
            run(
                "policy",
                "prove",
                "agent refunds version " + before + " allows nothing that " + after + " did not"))
        .isEqualTo(1);
    assertThat(terminal.said()).contains("expansion: ").contains("deny -> ");
  }

  /// Short name of the version that was declared last.
  private static String version() {
    JsonNode versions = server.json("/api/v1/agents/refunds/versions").path("items");
    return versions.path(versions.size() - 1).path("digest").asString().substring(0, 12);
  }

  private int run(String... words) {
    return terminal.run(onServer(words));
  }

  private static String[] onServer(String... words) {
    return Stream.concat(
            Stream.of(words),
            Stream.of("--server", server.steward().address(), "--token", server.token()))
        .toArray(String[]::new);
  }
}
