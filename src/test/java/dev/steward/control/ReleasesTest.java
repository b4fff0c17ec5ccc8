// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.drill.Drill;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Policy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {
  private static final String PEOPLE =
      Yaml.documents(person("omar", "operator"), person("olga", "operator"));

  @TempDir Path folder;
  private ControlFixture fixture;
  private int releases;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, version("lookup", 1), PEOPLE));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aVersionGoesOneStageOnWhenNothingStandsInItsWay() {
    String id = start("lookup", "staging", Actor.SYSTEM);

    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(inForce("lookup", "staging")).isEqualTo(inForce("lookup", "development"));
    assertThat(record(id).moves())
        .extracting(move -> move.state())
        .containsExactly("waiting-for-gates", "rolling-out", "promoted");
  }

  @Test
  void noStageCanBeSkipped() {
    assertRefused(() -> start("lookup", "canary", Actor.SYSTEM), "no stage can be skipped");
    assertRefused(() -> start("lookup", "production", Actor.SYSTEM), "no stage can be skipped");
    assertThatThrownBy(() -> start("lookup", "development", Actor.SYSTEM))
        .hasMessageContaining("applied version is in force at once");
    assertThatThrownBy(() -> start("lookup", "moon", Actor.SYSTEM))
        .hasMessageContaining("development, staging, canary, production");

    String first = inForce("lookup", "development").hex();
    start("lookup", "staging", Actor.SYSTEM);
    fixture.apply(version("lookup", 2));
    assertRefused(() -> start("lookup", "staging", first, Actor.SYSTEM), "no stage can be skipped");
  }

  @Test
  void productionNeedsASecondPerson() {
    toCanary("lookup");
    String id = start("lookup", "production", person("omar"));

    assertThat(record(id).state())
        .isEqualTo(new ReleaseState.WaitingForApprovals(List.of("second-person")));
    promote(id, person("omar"));
    promote(id, Actor.SYSTEM);
    assertThat(record(id).state().waits()).isTrue();
    assertThat(fixture.state().environments("lookup")).doesNotContainKey("production");

    promote(id, person("olga"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(inForce("lookup", "production")).isEqualTo(inForce("lookup", "canary"));
  }

  @Test
  void anAgentOfHighRiskNeedsItsOwnerToo() {
    toCanary("refunds");
    String id = start("refunds", "production", person("omar"));
    promote(id, person("olga"));
    assertThat(record(id).state())
        .isEqualTo(new ReleaseState.WaitingForApprovals(List.of("owner")));

    promote(id, person("dana"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void whoMayNotReleaseIsRefused() {
    assertThatThrownBy(() -> start("refunds", "staging", person("dana")))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThatThrownBy(
            () -> fixture.submit(new Command.StartRelease("r", "lookup", "staging", "", " ")))
        .hasMessageContaining("needs a reason");
  }

  @Test
  void anAgreementIsForWhatWasPinnedThen() {
    toCanary("lookup");
    fixture.apply(gate("two", "approvals", "production", "people: 2"));
    String id = start("lookup", "production", Actor.SYSTEM);
    promote(id, person("omar"));
    fixture.apply(policy("limits", "allow"));
    judge(id);
    promote(id, person("olga"));

    assertThat(record(id).state()).isEqualTo(new ReleaseState.WaitingForApprovals(List.of("two")));
    promote(id, person("omar"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void anAgreementIsForTheAgentAsItWasDeclaredThen() {
    toCanary("lookup");
    fixture.apply(gate("two", "approvals", "production", "people: 2"));
    String id = start("lookup", "production", Actor.SYSTEM);
    promote(id, person("omar"));
    fixture.apply(version("lookup", 1).replace("risk: limited", "risk: high"));
    judge(id);

    promote(id, person("olga"));
    assertThat(record(id).state())
        .isEqualTo(new ReleaseState.WaitingForApprovals(List.of("two", "owner")));
    promote(id, person("omar"));
    assertThat(record(id).state())
        .isEqualTo(new ReleaseState.WaitingForApprovals(List.of("owner")));
    promote(id, person("dana"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void aRollbackLeavesTheAgentsRiskAndOwnerAsTheyAreNow() {
    start("lookup", "staging", Actor.SYSTEM);
    Digest first = inForce("lookup", "staging");
    fixture.apply(version("lookup", 2).replace("risk: limited", "risk: high"));
    start("lookup", "staging", Actor.SYSTEM);

    RollbackPlan plan = RollbackPlan.of(fixture.state(), "lookup", "staging", "");
    rollBack("lookup", "staging", "", person("omar"));

    assertThat(plan.since()).containsExactly("Agent/lookup");
    assertThat(plan.restored()).isEmpty();
    assertThat(inForce("lookup", "staging")).isEqualTo(first);
    assertThat(fixture.state().agent("lookup").orElseThrow().risk()).isEqualTo(Agent.Risk.HIGH);
  }

  @Test
  void eachGateSaysWhyAndIsKept() {
    fixture.apply(
        Yaml.documents(
            gate("paid", "budget", "staging"),
            gate("owned", "owner", "staging"),
            gate("drilled", "drills", "staging", "maxAge: 7d"),
            gate("tested", "check", "staging", "check: integration-tests")));
    String id = start("lookup", "staging", Actor.SYSTEM);

    assertThat(record(id).state())
        .isEqualTo(new ReleaseState.WaitingForGates(List.of("drilled", "paid", "tested")));
    assertThat(record(id).said("paid").orElseThrow().verdict()).isEqualTo(GateVerdict.FAIL);
    assertThat(record(id).said("drilled").orElseThrow().verdict())
        .isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    assertThat(record(id).said("owned").orElseThrow().verdict()).isEqualTo(GateVerdict.PASS);

    fixture.apply(budget(10));
    for (String of : List.of(Drill.KILL_SWITCH, Drill.CIRCUIT_BREAKER)) {
      fixture.submit(new Command.RecordDrill("drill-" + of, of, true, Map.of(), ""));
    }
    fixture.submit(new Command.ReportCheck("lookup", "", "integration-tests", false, "two red"));
    judge(id);
    assertThat(record(id).state()).isEqualTo(new ReleaseState.WaitingForGates(List.of("tested")));
    assertThat(record(id).said("tested").orElseThrow().verdict()).isEqualTo(GateVerdict.FAIL);
    long before = fixture.state().sequence();
    judge(id);
    assertThat(fixture.state().sequence()).isEqualTo(before);

    fixture.submit(new Command.ReportCheck("lookup", "", "integration-tests", true, "green"));
    judge(id);
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(fixture.state().text(record(id).moves().getLast().reason()))
        .contains("all that it needs holds");
  }

  @Test
  void aNewPermissionThatNobodyAgreedToFailsTheProof() {
    fixture.apply(
        Yaml.documents(gate("proof", "policy-proof", "staging"), policy("limits", "allow")));
    String tools = "tools: [{server: payments, tools: [get_order, refund]}]";
    fixture.apply(Yaml.agent("lookup", "version: {" + tools + "}"));
    String id = start("lookup", "staging", person("omar"));

    assertThat(record(id).said("proof").orElseThrow().verdict()).isEqualTo(GateVerdict.FAIL);
    assertThat(record(id).said("proof").orElseThrow().evidence())
        .containsEntry("running", "none")
        .hasEntrySatisfying(
            "gained",
            gained -> assertThat(gained).contains("payments/refund").doesNotContain("get_order"));
    promote(id, person("olga"));
    assertThat(record(id).said("proof").orElseThrow().verdict()).isEqualTo(GateVerdict.PASS);
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());

    fixture.apply(version("lookup", 2));
    String less = start("lookup", "staging", person("omar"));
    assertThat(record(less).said("proof").orElseThrow().evidence())
        .hasEntrySatisfying(
            "lost",
            lost -> assertThat(lost).contains("payments/refund").doesNotContain("get_order"));
    assertThat(record(less).state()).isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void aStatementOfAGateIsProved() {
    fixture.apply(
        Yaml.documents(
            gate(
                "proof",
                "policy-proof",
                "staging",
                "statements: [agent refunds never calls payments/refund]"),
            policy("limits", "allow")));
    String id = start("refunds", "staging", Actor.SYSTEM);
    assertThat(record(id).said("proof").orElseThrow().why()).contains("not so");

    fixture.apply(policy("limits", "deny"));
    judge(id);
    assertThat(record(id).said("proof").orElseThrow().evidence())
        .containsEntry("proved", "agent refunds never calls payments/refund")
        .containsEntry("gained", "model gpt-5 of openai, model claude-sonnet-4-5 of anthropic");
    promote(id, person("omar"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void nothingMovesInAFreeze() {
    fixture.apply(
        gate(
            "calm",
            "no-freeze",
            "staging",
            "freezes: [{from: 2026-11-21T00:00:00Z, until: 2026-11-21T08:01:00Z}]"));
    String id = start("lookup", "staging", Actor.SYSTEM);
    assertThat(record(id).state()).isEqualTo(new ReleaseState.WaitingForGates(List.of("calm")));
    assertThat(record(id).said("calm").orElseThrow().why()).contains("until 2026-11-21T08:01");

    for (int i = 0; i < 60; i++) {
      fixture.now();
    }
    judge(id);
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void aHeldReleaseStaysUntilAPersonPromotesIt() {
    fixture.apply(gate("paid", "budget", "staging"));
    String id = start("lookup", "staging", Actor.SYSTEM);
    fixture.submit(new Command.HoldRelease(id, "a customer is visiting"));
    fixture.apply(budget(10));
    judge(id);
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Held());

    promote(id, person("omar"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
    assertRefused(() -> promote(id, person("omar")), "is over: promoted");
  }

  @Test
  void aRefusedReleaseIsOver() {
    fixture.apply(gate("paid", "budget", "staging"));
    String id = start("lookup", "staging", Actor.SYSTEM);
    assertRefused(() -> start("lookup", "staging", Actor.SYSTEM), "is still open");
    fixture.submit(new Command.RefuseRelease(id, "it is the wrong one"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Refused());
    assertRefused(() -> promote(id, Actor.SYSTEM), "is over: refused");
  }

  @Test
  void aReleaseEndsWhenItsVersionIsNoLongerInForceBefore() {
    fixture.apply(gate("paid", "budget", "staging"));
    String id = start("lookup", "staging", Actor.SYSTEM);
    fixture.apply(version("lookup", 2));
    judge(id);
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Refused());
    assertThat(fixture.state().text(record(id).moves().getLast().reason()).orElseThrow())
        .contains("not in force in development any more");
  }

  @Test
  void aRollbackBringsBackTheVersionAndWhatWasPinned() {
    fixture.apply(Yaml.documents(policy("limits", "deny"), budget(10)));
    start("lookup", "staging", Actor.SYSTEM);
    Digest first = inForce("lookup", "staging");
    fixture.apply(Yaml.documents(version("lookup", 2), policy("limits", "allow"), budget(500)));
    fixture.apply(policy("later", "deny"));
    String second = start("lookup", "staging", Actor.SYSTEM);
    long before = fixture.state().sequence();

    rollBack("lookup", "staging", "", person("omar"));

    State now = fixture.state();
    assertThat(inForce("lookup", "staging")).isEqualTo(first);
    assertThat(now.find(Policy.class, "limits").orElseThrow().rules().getFirst().tier())
        .isEqualTo(dev.steward.domain.decision.Tier.DENY);
    assertThat(now.find(Budget.class, "b").orElseThrow().limit().amount())
        .isEqualByComparingTo(BigDecimal.TEN);
    assertThat(now.find(Policy.class, "later")).isPresent();
    assertThat(record(second).state()).isEqualTo(new ReleaseState.RolledBack());

    State then = fixture.control().stateAt(before);
    assertThat(then.environments("lookup").get("staging")).isNotEqualTo(first);
    assertThat(then.find(Budget.class, "b").orElseThrow().limit().amount())
        .isEqualByComparingTo("500");
    assertThat(then.releases().find(second).orElseThrow().state())
        .isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void aRollbackGoesToAnyEarlierVersionAndNotForwardAgain() {
    String[] versions = new String[3];
    for (int i = 0; i < 3; i++) {
      fixture.apply(version("lookup", i + 1));
      start("lookup", "staging", Actor.SYSTEM);
      versions[i] = inForce("lookup", "staging").hex();
    }
    rollBack("lookup", "staging", "", Actor.SYSTEM);
    assertThat(inForce("lookup", "staging").hex()).isEqualTo(versions[1]);
    rollBack("lookup", "staging", "", Actor.SYSTEM);
    assertThat(inForce("lookup", "staging").hex()).isEqualTo(versions[0]);
    assertRefused(() -> rollBack("lookup", "staging", "", Actor.SYSTEM), "no earlier version");
    rollBack("lookup", "staging", versions[2].substring(0, 12), Actor.SYSTEM);
    assertThat(inForce("lookup", "staging").hex()).isEqualTo(versions[2]);
  }

  @Test
  void environmentsCanBeNamedOtherwise() {
    fixture.apply(Yaml.agent("lookup", "environments: {staging: qa, production: live}"));
    start("lookup", "qa", Actor.SYSTEM);
    assertThat(inForce("lookup", "qa")).isNotNull();
    assertThatThrownBy(() -> start("lookup", "staging", Actor.SYSTEM))
        .hasMessageContaining("development, qa, canary, live");
    start("lookup", "canary", Actor.SYSTEM);
    String id = start("lookup", "live", person("omar"));
    assertThat(record(id).state().missing()).containsExactly("second-person");
  }

  @Test
  void releasesSurviveARestart() {
    toCanary("lookup");
    String id = start("lookup", "production", person("omar"));
    State before = fixture.state();
    fixture.restart();
    assertThat(fixture.state()).isEqualTo(before);
    promote(id, person("olga"));
    assertThat(record(id).state()).isEqualTo(new ReleaseState.Promoted());
  }

  private void toCanary(String agent) {
    start(agent, "staging", Actor.SYSTEM);
    start(agent, "canary", Actor.SYSTEM);
  }

  private String start(String agent, String to, Actor actor) {
    return start(agent, to, "", actor);
  }

  private String start(String agent, String to, String version, Actor actor) {
    String id = "release-" + ++releases;
    fixture.control().submit(new Command.StartRelease(id, agent, to, version, "better"), actor);
    return id;
  }

  private void promote(String id, Actor actor) {
    fixture.control().submit(new Command.PromoteRelease(id, "looks good"), actor);
  }

  private void judge(String id) {
    fixture.submit(new Command.JudgeRelease(id));
  }

  private void rollBack(String agent, String environment, String version, Actor actor) {
    fixture
        .control()
        .submit(
            new Command.RollBack(
                "back-" + ++releases, agent, environment, version, false, "person", "worse"),
            actor);
  }

  private ReleaseRecord record(String id) {
    return fixture.state().releases().find(id).orElseThrow();
  }

  private Digest inForce(String agent, String environment) {
    return Objects.requireNonNull(fixture.state().environments(agent).get(environment));
  }

  private Actor person(String name) {
    return Actor.person(fixture.state().person(name + "@example.com").orElseThrow().id());
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable deed, String why) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining(why);
  }

  private static String version(String agent, int build) {
    return Yaml.agent(agent, "version: {code: {build: " + build + "}}");
  }

  private static String gate(String name, String requires, String environment, String... more) {
    String text =
        "apiVersion: steward/v1\nkind: Gate\nmetadata: {name: "
            + name
            + "}\nspec:\n  environments: ["
            + environment
            + "]\n  requires: "
            + requires
            + "\n";
    for (String line : more) {
      text += "  " + line + "\n";
    }
    return text;
  }

  private static String policy(String name, String effect) {
    return "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: "
        + name
        + "}\nspec: {rules: [{tool: payments/refund, effect: "
        + effect
        + "}]}\n";
  }

  private static String budget(int dollars) {
    return "apiVersion: steward/v1\nkind: Budget\nmetadata: {name: b}\n"
        + "spec: {window: day, limit: {cost: "
        + dollars
        + ", currency: USD}}\n";
  }

  private static String person(String name, String role) {
    return "apiVersion: steward/v1\nkind: Person\nmetadata: {name: "
        + name
        + "@example.com}\nspec: {grants: [{role: "
        + role
        + "}]}\n";
  }
}
