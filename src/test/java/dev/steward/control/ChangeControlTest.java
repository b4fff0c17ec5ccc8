// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.plan.Plan;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.ToolServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes that widen what an agent may do or spend where it runs wait for a second person.
class ChangeControlTest {
  private static final String PEOPLE =
      Yaml.documents(person("omar", "admin"), person("olga", "operator"), person("vera", "viewer"));

  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, PEOPLE, policy("require_approval"), budget("10", "{}")));
    for (String stage : List.of("staging", "canary")) {
      fixture.submit(new Command.StartRelease("to-" + stage, "refunds", stage, "", "better"));
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aPolicyThatLetsMoreThroughWaitsForASecondPerson() {
    State before = fixture.state();
    Plan.Proposed proposed = proposed(policy("allow"));

    assertThat(proposed.widens())
        .containsExactly(
            "refunds calls payments/refund in canary: allow instead of require_approval");
    assertThat(fixture.state().find(Policy.class, "limits"))
        .isEqualTo(before.find(Policy.class, "limits"));
    assertThat(only().status()).isEqualTo(Proposal.Status.OPEN);
    assertThat(only().by()).isEqualTo(who("omar"));
    assertThat(only().course()).isEqualTo("expansion");

    accept("olga");
    assertThat(fixture.state().find(Policy.class, "limits").orElseThrow().rules().getFirst().tier())
        .hasToString("ALLOW");
    Proposal.Answer answer = Optional.ofNullable(only().answer()).orElseThrow();
    assertThat(answer.by()).isEqualTo(who("olga"));
    assertThat(fixture.state().text(answer.reason())).contains("looked at it");
    assertThat(fixture.replayed(fixture.state().sequence())).isEqualTo(fixture.state());
    assertThat(fixture.replayed(before.sequence())).isEqualTo(before);
  }

  @Test
  void aNarrowingActsAtOnce() {
    assertThat(apply(policy("deny")).proposed()).isEmpty();
    assertThat(apply(budget("5", "{}")).proposed()).isEmpty();
    assertThat(fixture.state().find(Budget.class, "all").orElseThrow().limit().amount())
        .isEqualByComparingTo("5");
    assertThat(fixture.state().proposals().all()).isEmpty();
  }

  @Test
  void whereNothingRunsInEarnestEverythingActsAtOnce(@TempDir Path empty) {
    try (ControlFixture fresh = new ControlFixture(empty)) {
      fresh.apply(Yaml.documents(Yaml.ALL, PEOPLE, policy("deny"), budget("1", "{}")));
      Actor omar = Actor.person(fresh.state().person("omar@example.com").orElseThrow().id());
      fresh.submit(new Command.StartRelease("r", "refunds", "staging", "", "better"));
      Command wider =
          new Command.ApplyResources(
              ControlFixture.read(Yaml.documents(policy("allow"), budget("100", "{}")))
                  .declarations());

      assertThat(fresh.control().submit(wider, omar).plan().proposed()).isEmpty();
      assertThat(fresh.state().proposals().all()).isEmpty();
    }
  }

  @Test
  void whatIsOnlyForDevelopmentWidensNothing() {
    String elsewhere = policy("allow").replace("name: limits", "name: more");
    assertThat(
            apply(elsewhere.replace("spec: {", "spec: {environments: [development], ")).proposed())
        .isEmpty();
    assertThat(
            apply(budget("50", "{environment: staging}").replace("name: all", "name: stage"))
                .proposed())
        .isEmpty();
  }

  @Test
  void aToolThatIsSaidToDoLessThanItDidWaits() {
    String narrow =
        policy("require_approval").replace("}]}", "}, {effects: [write], effect: deny}]}");
    assertThat(apply(narrow).proposed()).isEmpty();
    String harmless = Yaml.PAYMENTS.replace("effect: write", "effect: read");

    assertThat(proposed(harmless).widens())
        .contains("refunds calls payments/refund in canary: require_approval instead of deny");
    assertThat(
            fixture
                .state()
                .find(ToolServer.class, "payments")
                .orElseThrow()
                .tools()
                .getLast()
                .effect())
        .isEqualTo("write");
    accept("olga");
    assertThat(apply(Yaml.PAYMENTS).proposed()).as("back again narrows").isEmpty();
  }

  @Test
  void aLimitThatIsRaisedLoosenedOrGoneWaits() {
    assertThat(proposed(budget("20", "{}")).widens())
        .containsExactly("budget all: 10 USD a day becomes 20 USD a day for refunds in canary");
    assertThat(proposed(budget("10", "{environment: production}")).widens())
        .containsExactly("budget all would stop refunds in canary no more: its scope is another");
    assertThat(proposed(budget("10", "{}").replace("day", "hour")).widens()).hasSize(1);
    assertThat(proposed(budget("10", "{}").replace("day", "month")).widens())
        .as("another window begins empty")
        .hasSize(1);

    Plan plan =
        fixture.control().submit(new Command.DeleteResource("Budget", "all"), who("omar")).plan();
    assertThat(plan.proposed().orElseThrow().widens().getFirst()).contains("it is deleted");
    assertThat(fixture.state().find(Budget.class, "all")).isPresent();
    answer(new Command.AcceptChange(plan.proposed().get().id(), "looked at it"), "olga");
    assertThat(fixture.state().find(Budget.class, "all")).isEmpty();
  }

  @Test
  void labelsThatLetAnAgentOutOfABudgetWait() {
    assertThat(apply(budget("5", "{team: support}").replace("name: all", "name: team")).proposed())
        .isEmpty();
    assertThat(apply(Yaml.REFUNDS.replace("purpose: Answers", "purpose: Now answers")).proposed())
        .as("its words are no matter of control")
        .isEmpty();
    assertThat(proposed(Yaml.REFUNDS.replace("team: support", "team: labs")).widens())
        .contains("budget team would stop refunds in canary no more: its scope is another");
  }

  @Test
  void aDeniedCallThatADeletedPolicyLetsThroughWaits() {
    apply(policy("deny"));
    Plan plan =
        fixture
            .control()
            .submit(new Command.DeleteResource("Policy", "limits"), who("omar"))
            .plan();

    assertThat(fixture.state().find(Policy.class, "limits").isPresent())
        .isEqualTo(plan.proposed().isPresent());
    assertThat(
            fixture
                .control()
                .preview(
                    new Command.ApplyResources(ControlFixture.read(policy("allow")).declarations()),
                    who("omar"))
                .proposed())
        .isPresent();
  }

  @Test
  void aRoleThatDecidesOnItWaitsAndOneThatOnlySeesDoesNot() {
    assertThat(
            apply(person("vera", "viewer").replace("role: viewer", "role: viewer, content: true"))
                .proposed())
        .isEmpty();
    Plan.Proposed proposed = proposed(person("vera", "approver"));
    String vera = fixture.state().person("vera@example.com").orElseThrow().id();
    assertThat(proposed.widens())
        .containsExactly(vera + " may newly approve for refunds in canary");
    assertThat(proposed(person("nora", "operator")).widens())
        .allMatch(line -> line.startsWith("a new person may newly"));
    assertThat(fixture.state().person("nora@example.com")).isEmpty();
  }

  @Test
  void theFirstPeopleWhoCouldAcceptAnythingNeedNobody(@TempDir Path other) {
    try (ControlFixture fresh = new ControlFixture(other)) {
      fresh.apply(Yaml.documents(Yaml.ALL, person("omar", "admin")));
      for (String stage : List.of("staging", "canary")) {
        fresh.submit(new Command.StartRelease("to-" + stage, "refunds", stage, "", "better"));
      }
      Actor omar = Actor.person(fresh.state().person("omar@example.com").orElseThrow().id());
      Command second =
          new Command.ApplyResources(ControlFixture.read(person("olga", "admin")).declarations());
      assertThat(fresh.control().submit(second, omar).plan().proposed()).isEmpty();

      Command third =
          new Command.ApplyResources(ControlFixture.read(person("nora", "admin")).declarations());
      assertThat(fresh.control().submit(third, omar).plan().proposed()).isPresent();
    }
  }

  @Test
  void oneChangeThatWidensKeepsTheWholeApplyWaiting() {
    Plan plan = apply(Yaml.documents(policy("allow"), budget("5", "{}")));

    assertThat(plan.proposed()).isPresent();
    assertThat(only().course()).isEqualTo("mixed");
    assertThat(only().narrows())
        .containsExactly("budget all: 10 USD a day becomes 5 USD a day for refunds in canary");
    assertThat(fixture.state().find(Budget.class, "all").orElseThrow().limit().amount())
        .isEqualByComparingTo("10");
  }

  @Test
  void whoProposedItCannotAcceptItAndAProgramNeverCan() {
    proposed(policy("allow"));
    assertThatThrownBy(() -> accept("omar")).hasMessageContaining("a second person");
    assertThatThrownBy(() -> accept("vera")).hasMessageContaining("needs the permission");
    assertThatThrownBy(
            () -> fixture.submit(new Command.AcceptChange(only().id(), "the server wants it")))
        .hasMessageContaining("a second person");
    assertThatThrownBy(() -> answer(new Command.AcceptChange(only().id(), " "), "olga"))
        .hasMessageContaining("needs a reason");
    assertThat(only().open()).isTrue();
  }

  @Test
  void whatWasChangedSinceIsNotAccepted() {
    proposed(policy("allow"));
    apply(policy("deny"));
    assertThatThrownBy(() -> accept("olga")).hasMessageContaining("changed since");
    answer(new Command.RejectChange(only().id(), "stale"), "omar");
    assertThat(only().status()).isEqualTo(Proposal.Status.REJECTED);
    assertThatThrownBy(() -> accept("olga")).hasMessageContaining("rejected already");
  }

  @Test
  void whatWouldWidenMoreByNowIsNotAccepted() {
    proposed(policy("allow"));
    fixture.submit(new Command.StartRelease("out", "refunds", "production", "", "better"));
    for (String name : List.of("omar", "olga", "dana")) {
      fixture.control().submit(new Command.PromoteRelease("out", "yes"), who(name));
    }
    assertThat(fixture.state().environments("refunds")).containsKey("production");

    assertThatThrownBy(() -> accept("olga"))
        .hasMessageContaining("more than was shown")
        .hasMessageContaining("in production");
  }

  @Test
  void ofWhatIsTooLongToBeShownAllMustStillBeTheSame() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      many.append(i == 0 ? "" : "---\n")
          .append(budget("10", "{}").replace("name: all", "name: b" + i));
    }
    fixture.apply(many.toString());
    Plan.Proposed shown = proposed(many.toString().replace("cost: 10", "cost: 20"));
    assertThat(shown.widens()).hasSize(51).last().asString().startsWith("and ");
    assertThat(only().whole()).isNotNull();

    fixture.submit(new Command.StartRelease("out", "refunds", "production", "", "better"));
    for (String name : List.of("omar", "olga", "dana")) {
      fixture.control().submit(new Command.PromoteRelease("out", "yes"), who(name));
    }
    assertThatThrownBy(() -> accept("olga")).hasMessageContaining("more than was shown");

    answer(new Command.RejectChange(only().id(), "anew"), "olga");
    proposed(many.toString().replace("cost: 10", "cost: 20"));
    accept("olga");
    assertThat(fixture.state().find(Budget.class, "b59").orElseThrow().limit().amount())
        .isEqualByComparingTo("20");
  }

  @Test
  void anEnvironmentThatBecomesAnotherStageWhileAVersionIsInForceWaits() {
    assertThat(proposed(renamed("{canary: trial}")).widens())
        .containsExactly(
            "refunds in canary, where a version is in force, would be no stage and not the stage"
                + " canary any more");
    assertThat(apply(renamed("{production: live}")).proposed())
        .as("nothing is in force there")
        .isEmpty();
  }

  private static String renamed(String names) {
    return Yaml.REFUNDS.replace("  risk: high\n", "  risk: high\n  environments: " + names + "\n");
  }

  @Test
  void aLowerPriceOfWhatIsUsedWaitsWhereABudgetIsInMoney() {
    assertThat(apply(price("gpt-5", "2")).proposed()).as("the first of this model").isEmpty();
    assertThat(apply(price("another-model", "2")).proposed()).isEmpty();
    assertThat(apply(price("gpt-5", "3")).proposed()).as("it is higher").isEmpty();
    assertThat(proposed(price("gpt-5", "1")).widens())
        .containsExactly(
            "price model would be lower: budget all would stop refunds in canary later");
    assertThat(proposed(price("gpt-5", "1").replace("name: model", "name: beside")).widens())
        .as("another of the same model")
        .containsExactly(
            "price beside would be lower than model: budget all would stop refunds in canary"
                + " later");
  }

  private static String price(String model, String rate) {
    return """
    apiVersion: steward/v1
    kind: Price
    metadata: {name: %s}
    spec: {provider: openai, model: %s, perMillion: {input: %s}}
    """
        .formatted(model.equals("gpt-5") ? "model" : "other", model, rate);
  }

  @Test
  void whoAppliesItAgainProposesItOnce() {
    Plan.Proposed first = proposed(policy("allow"));
    long sequence = fixture.state().sequence();
    assertThat(proposed(policy("allow"))).isEqualTo(first);
    assertThat(fixture.state().sequence()).isEqualTo(sequence);
    assertThat(fixture.state().proposals().all()).hasSize(1);
  }

  @Test
  void whoLostTheirRightsMeanwhileProposesNothing() {
    fixture.apply(person("ines", "operator"));
    fixture
        .control()
        .submit(
            new Command.ApplyResources(ControlFixture.read(policy("allow")).declarations()),
            who("ines"));
    fixture.apply(person("ines", "viewer"));

    assertThatThrownBy(() -> accept("olga")).hasMessageContaining("needs the permission");
    assertThat(only().open()).isTrue();
  }

  @Test
  void staysAsItIsOverARestartAndInASnapshotAndAppliesWhatNamesNewPeople() {
    Plan.Proposed proposed =
        proposed(
            Yaml.documents(
                person("nora", "operator"),
                Yaml.agent("lookup").replace("dana@example.com", "nora@example.com"),
                policy("allow")));
    State before = fixture.state();
    assertThat(
            SnapshotCodec.read(
                SnapshotCodec.write(before), new Shelf(fixture.ledger::blob, fixture.people)))
        .isEqualTo(before);
    fixture.restart();
    assertThat(fixture.state()).isEqualTo(before);

    answer(new Command.AcceptChange(proposed.id(), "looked at it"), "olga");
    assertThat(fixture.state().agent("lookup").orElseThrow().owner()).isEqualTo("nora@example.com");
    assertThat(fixture.state().person("nora@example.com")).isPresent();
    assertThat(fixture.replayed(fixture.state().sequence())).isEqualTo(fixture.state());
  }

  private Plan apply(String yaml) {
    Command command = new Command.ApplyResources(ControlFixture.read(yaml).declarations());
    return fixture.control().submit(command, who("omar")).plan();
  }

  private Plan.Proposed proposed(String yaml) {
    return apply(yaml).proposed().orElseThrow();
  }

  private Proposal only() {
    return fixture.state().proposals().all().getLast();
  }

  private void accept(String name) {
    answer(new Command.AcceptChange(only().id(), "looked at it"), name);
  }

  private void answer(Command command, String name) {
    fixture.control().submit(command, who(name));
  }

  private Actor who(String name) {
    return Actor.person(fixture.state().person(name + "@example.com").orElseThrow().id());
  }

  private static String policy(String says) {
    return """
    apiVersion: steward/v1
    kind: Policy
    metadata: {name: limits}
    spec: {rules: [{tool: payments/refund, effect: %s}]}
    """
        .formatted(says);
  }

  private static String budget(String limit, String scope) {
    return """
    apiVersion: steward/v1
    kind: Budget
    metadata: {name: all}
    spec: {scope: %s, window: day, limit: {cost: %s, currency: USD}}
    """
        .formatted(scope, limit)
        .replace("scope: {}, ", "");
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
