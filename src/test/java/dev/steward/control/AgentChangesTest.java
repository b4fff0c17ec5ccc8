// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.plan.Plan;
import dev.steward.domain.resource.Agent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is declared of an agent beside its version, while one of its versions runs in canary: one
/// person cannot loosen by it what holds it there.
class AgentChangesTest {
  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(
        Yaml.documents(
            Yaml.ALL,
            person("omar", "admin"),
            person("olga", "admin"),
            policy("spec: {rules: [{tool: payments/get_order, effect: deny}]}")));
    for (String stage : List.of("staging", "canary")) {
      fixture.submit(new Command.StartRelease("to-" + stage, "refunds", stage, "", "better"));
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRiskThatIsLoweredWaitsAndOneThatIsRaisedDoesNot() {
    Plan.Proposed lowered = proposed(Yaml.REFUNDS.replace("risk: high", "risk: limited"));
    assertThat(lowered.widens())
        .containsExactly(
            "refunds in canary would be of high risk no more: its owner need not agree to its"
                + " releases, nor a second person to its coming back after a kill");
    assertThat(agent().risk()).isEqualTo(Agent.Risk.HIGH);
    accept(lowered);
    assertThat(agent().risk()).isEqualTo(Agent.Risk.LIMITED);

    assertThat(apply(Yaml.REFUNDS).proposed()).as("high again").isEmpty();
    assertThat(agent().risk()).isEqualTo(Agent.Risk.HIGH);
  }

  @Test
  void aRiskThatConditionsAskForWaitsWhicheverWayItGoes() {
    accept(
        proposed(
            policy(
                """
                spec:
                  rules:
                    - {tool: payments/get_order, effect: allow}
                    - {tool: payments/get_order, effect: deny, when: "caller.risk == 'limited'"}
                """)));
    accept(proposed(Yaml.REFUNDS.replace("risk: high", "risk: limited")));

    assertThat(proposed(Yaml.REFUNDS.replace("risk: high", "risk: minimal")).widens())
        .containsExactly("refunds calls payments/get_order in canary: allow instead of deny");
  }

  @Test
  void anotherWorkflowThatLeavesAPolicyOrItsLoopLimitBehindWaits() {
    accept(
        proposed(
            policy(
                """
                spec:
                  workflows: [refund]
                  loops: {steps: {times: 5, action: stop}}
                  rules: [{tool: payments/refund, effect: deny}]
                """)));
    fixture.apply(
        policy("spec: {rules: [{tool: payments/refund, effect: allow}]}")
            .replace("name: limits", "name: wide"));
    String elsewhere = Yaml.REFUNDS.replace("workflows: [refund]", "workflows: [other]");

    assertThat(proposed(elsewhere).widens())
        .contains("refunds calls payments/refund in canary: allow instead of deny")
        .anyMatch(line -> line.startsWith("policy limits: loop limit steps 5"));
    assertThat(agent().workflows()).containsExactly("refund");
    assertThat(
            proposed(Yaml.REFUNDS.replace("workflows: [refund]", "workflows: [refund, other]"))
                .widens())
        .as("one more, which a call may name in place of the one that the policy is for")
        .contains("refunds calls payments/refund in canary: allow instead of deny");
  }

  @Test
  void aWorkflowThatNoPolicyIsForActsAtOnce() {
    assertThat(
            apply(Yaml.REFUNDS.replace("workflows: [refund]", "workflows: [refund, other]"))
                .proposed())
        .isEmpty();
  }

  @Test
  void anAgentThatWouldOnlyBeWatchedWaits() {
    Plan.Proposed watched =
        proposed(Yaml.REFUNDS.replace("oversight: governed", "oversight: observed"));
    assertThat(watched.widens())
        .containsExactly(
            "refunds in canary would be observed and not governed any more: tools of its own"
                + " process that its version does not list would be judged no more");
    accept(watched);
    assertThat(apply(Yaml.REFUNDS).proposed()).as("governed again").isEmpty();
  }

  @Test
  void whoAnswersForAnAgentOfHighRiskIsNotChangedByOnePerson() {
    String omar = fixture.state().person("omar@example.com").orElseThrow().id();
    Plan.Proposed taken =
        proposed(Yaml.REFUNDS.replace("owner: dana@example.com", "owner: omar@example.com"));
    assertThat(taken.widens())
        .containsExactly(
            "refunds in canary is of high risk, and "
                + omar
                + " would agree to its releases as"
                + " its owner");
    assertThat(agent().owner()).isEqualTo("dana@example.com");
  }

  @Test
  void anotherOwnerOfAnAgentWithoutSuchRiskWaitsForNobody() {
    fixture.apply(Yaml.agent("lookup"));
    for (String stage : List.of("staging", "canary")) {
      fixture.submit(new Command.StartRelease("lookup-" + stage, "lookup", stage, "", "better"));
    }
    assertThat(
            apply(Yaml.agent("lookup").replace("dana@example.com", "omar@example.com")).proposed())
        .isEmpty();
  }

  private Agent agent() {
    return fixture.state().agent("refunds").orElseThrow();
  }

  private Plan apply(String yaml) {
    Command command = new Command.ApplyResources(ControlFixture.read(yaml).declarations());
    return fixture.control().submit(command, who("omar")).plan();
  }

  private Plan.Proposed proposed(String yaml) {
    return apply(yaml).proposed().orElseThrow();
  }

  private void accept(Plan.Proposed proposed) {
    fixture.control().submit(new Command.AcceptChange(proposed.id(), "looked at it"), who("olga"));
  }

  private Actor who(String name) {
    return Actor.person(fixture.state().person(name + "@example.com").orElseThrow().id());
  }

  private static String policy(String spec) {
    return "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: limits}\n"
        + spec.stripTrailing()
        + "\n";
  }

  private static String person(String name, String role) {
    return """
    apiVersion: steward/v1
    kind: Person
    metadata: {name: %s@example.com}
    spec: {grants: [{role: %s}]}
    """
        .formatted(name, role);
  }
}
