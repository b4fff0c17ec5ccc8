// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.Plan;
import dev.steward.control.registry.AgentFilter;
import dev.steward.control.registry.Registry;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDeclarationTest {
  private static final String HUMAN =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: refunds-need-a-human}
      spec:
        agents: {labels: {data: customer}}
        environments: [production]
        workflows: [refund]
        rules:
          - {tool: payments/get_order, effect: allow, redact: [customer.iban], limit: {calls: 10, per: 1m}, reason: true}
          - name: small
            tools: [payments/refund, "payments/re*"]
            effect: allow
            when: "args.amount <= 50"
          - {tool: payments/refund, effect: require_approval, when: "args.amount > 50", approvers: [finance-lead], count: 2, fourEyes: false, expires: 30m}
          - {effects: [money, delete], effect: deny}
          - {model: "gpt-4*", effect: deny}
          - {delegates: [fraud-check], effect: allow}
      """;

  private static final String OPEN =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: open}
      spec: {rules: [{tool: payments/refund, effect: allow, when: "args.amount < 3"}]}
      """;

  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.ALL);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aPolicyIsReadAndWrittenAsTheSame() {
    fixture.apply(HUMAN);
    Policy policy = fixture.state().find(Policy.class, "refunds-need-a-human").orElseThrow();
    assertThat(policy.rules()).hasSize(6);
    assertThat(ControlFixture.read(Manifests.yaml(policy)).declarations().getFirst().resource())
        .isEqualTo(policy);
    assertThat(fixture.apply(HUMAN).plan().changes().getFirst())
        .isInstanceOf(Change.Unchanged.class);
    fixture.restart();
    assertThat(fixture.state().find(Policy.class, "refunds-need-a-human")).contains(policy);
    assertThat(fixture.replayed(fixture.state().sequence())).isEqualTo(fixture.state());
  }

  @Test
  void aSlipInAConditionNamesFileLineRuleAndColumn() {
    Plan plan = preview(HUMAN.replace("args.amount <= 50", "args.amuont <= 50"));
    assertThat(plan.problems())
        .first()
        .hasToString(
            "test.yaml:13: spec.rules[1].when: for payments/refund, column 5: no field 'amuont'."
                + " Did you mean amount?");
  }

  @Test
  void whatIsWrongInTheFormIsToldAllAtOnce() {
    String wrong =
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: wrong}
        spec:
          environments: []
          rules:
            - {tool: payments, effect: allow}
            - {tool: payments/refund, effect: alow}
            - {effect: deny}
            - {tool: a/b, model: gpt-5, effect: deny}
            - {effects: [monye], effect: deny, approvers: [x]}
            - {name: "7", tool: a/b, effect: require_approval, expires: soon, count: 0}
            - {tool: a/b, effect: deny, reason: true}
        """;
    Manifest manifest = Manifests.read(List.of(new ManifestFile("wrong.yaml", wrong)));
    assertThat(manifest.problems())
        .extracting(problem -> problem.line() + " " + problem.field())
        .containsExactlyInAnyOrder(
            "5 spec.environments",
            "7 spec.rules[0].tool",
            "8 spec.rules[1].effect",
            "9 spec.rules[2].effect",
            "10 spec.rules[3].effect",
            "11 spec.rules[4].effects",
            "11 spec.rules[4].effect",
            "11 spec.rules[4].approvers",
            "12 spec.rules[5].name",
            "12 spec.rules[5].expires",
            "12 spec.rules[5].count",
            "13 spec.rules[6].effect");
  }

  @Test
  void oneChangedRuleIsOneDifference() {
    fixture.apply(HUMAN);
    Change.Changed change =
        (Change.Changed)
            preview(HUMAN.replace("args.amount <= 50", "args.amount <= 40")).changes().getFirst();
    assertThat(change.fields())
        .singleElement()
        .satisfies(field -> assertThat(field.path()).isEqualTo("spec.rules[small].when"));
  }

  @Test
  void whatIsDoubtfulIsAWarning() {
    Plan plan =
        preview(
            OPEN.replace("payments/refund", "payments/get_order")
                .replace("name: open", "name: open")
                .replace("spec: {", "spec: {agents: [nobody], "));
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.warnings())
        .extracting(Object::toString)
        .anyMatch(warning -> warning.contains("payments/get_order declares no inputSchema"))
        .anyMatch(warning -> warning.contains("no Agent nobody"));
  }

  @Test
  void aToolServerThatNoLongerFitsAPolicyIsToldAndItsCallsAreDenied() {
    fixture.apply(OPEN);
    assertThat(decide(2)).isEqualTo(Tier.ALLOW);
    String renamed = Yaml.PAYMENTS.replace("{amount: {type: number}}", "{cents: {type: integer}}");
    Plan plan = fixture.apply(renamed).plan();
    assertThat(plan.warnings())
        .extracting(Object::toString)
        .anyMatch(warning -> warning.contains("policy open/1 does not fit any more"));
    assertThat(decide(2)).isEqualTo(Tier.DENY);
  }

  @Test
  void policiesAreCompiledWhenAskedForAndKeptOverOtherChanges() {
    fixture.apply(OPEN);
    PolicySet set = fixture.state().policies();
    assertThat(decide(2)).isEqualTo(Tier.ALLOW);
    fixture.apply(Yaml.agent("clerk"));
    assertThat(fixture.state().policies()).isSameAs(set);
    fixture.apply(OPEN.replace("< 3", "< 1").replace("name: open", "name: other"));
    assertThat(fixture.state().policies()).isNotSameAs(set);
    assertThat(fixture.state().policies().compiledConditions()).isEqualTo(1);
    fixture.submit(new Command.DeleteResource("Policy", "open"));
    assertThat(decide(2)).isEqualTo(Tier.DENY);
  }

  @Test
  void aDeveloperMayNotSayWhatHappensInProduction() {
    Actor dana = Actor.person(fixture.state().person("dana@example.com").orElseThrow().id());
    fixture.apply(
        Yaml.DANA.replace("[{role: developer, teams: [support]}]", "[{role: developer}]"));
    assertThat(refused(dana, HUMAN)).isTrue();
    assertThat(refused(dana, HUMAN.replace("[production]", "[development]"))).isFalse();
  }

  @Test
  void agentsRunUnderThePolicyThatSelectsThem() {
    fixture.apply(Yaml.documents(Yaml.agent("clerk"), HUMAN, OPEN));
    assertThat(names(AgentFilter.ALL.withPolicy("refunds-need-a-human")))
        .containsExactly("refunds");
    assertThat(names(AgentFilter.ALL.withPolicy("open"))).containsExactly("clerk", "refunds");
    assertThat(names(AgentFilter.ALL.withPolicy("nothing"))).isEmpty();
    assertThat(
            names(
                AgentFilter.ALL.withPolicy("refunds-need-a-human").withEnvironment("development")))
        .isEmpty();
  }

  private List<String> names(AgentFilter filter) {
    return new Registry(fixture.state()).agents(filter).stream().map(Agent::name).toList();
  }

  private Tier decide(int amount) {
    return fixture
        .state()
        .policies()
        .decide(
            Calls.tool("a", "p", "payments/refund", Map.of("amount", BigDecimal.valueOf(amount))),
            Calls.FACTS)
        .tier();
  }

  private boolean refused(Actor actor, String yaml) {
    try {
      fixture
          .control()
          .preview(new Command.ApplyResources(ControlFixture.read(yaml).declarations()), actor);
      return false;
    } catch (dev.steward.domain.ApiException _) {
      return true;
    }
  }

  private Plan preview(String yaml) {
    return fixture
        .control()
        .preview(
            new Command.ApplyResources(ControlFixture.read(yaml).declarations()), Actor.SYSTEM);
  }
}
