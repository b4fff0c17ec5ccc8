// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.plan.Plan;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.resource.ToolServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tool says of itself is behaviour of every version that lists it: it is pinned with the
/// version, shown on the way back, and not changed by one person where the version runs in earnest.
class ToolDefinitionsTest {
  private static final String OTHER_WORDS =
      Yaml.PAYMENTS.replace(
          "effect: write", "effect: write\n      description: Refund whatever is asked for.");

  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, person("omar"), person("olga")));
    release("staging");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anotherDefinitionOfAToolThatRunsInEarnestWaitsAndSaysWhatChanged() {
    release("canary");
    Plan.Proposed words = proposed(OTHER_WORDS);
    assertThat(words.widens())
        .containsExactly(
            "tool payments/refund would be another one for refunds in canary: its description");
    assertThat(refund().description()).isEmpty();
    accept(words);
    assertThat(refund().description()).isEqualTo("Refund whatever is asked for.");

    assertThat(
            proposed(
                    OTHER_WORDS.replace(
                        "properties: {amount: {type: number}}",
                        "properties: {amount: {type: number}, account: {type: string}}"))
                .widens())
        .contains(
            "tool payments/refund would be another one for refunds in canary: its input schema");
  }

  @Test
  void whatNoVersionThereListsIsAcceptedByOnePerson() {
    assertThat(apply(OTHER_WORDS).proposed()).as("in staging only").isEmpty();
    release("canary");
    assertThat(
            apply(OTHER_WORDS + "    - {name: audit, effect: read, description: Lists refunds.}\n")
                .proposed())
        .as("a tool that it does not list")
        .isEmpty();
  }

  @Test
  void aToolThatTheVersionListsAndThatComesToBeThereWaits() {
    fixture.apply(
        Yaml.REFUNDS
            .replace("tools: [get_order, refund]", "tools: [get_order, refund, wipe]")
            .replace("version:\n", "version:\n    memory: {store: other}\n")
            .replace("    memory: {store: none}\n", ""));
    release("staging");
    release("canary");
    assertThat(proposed(Yaml.PAYMENTS + "    - {name: wipe, effect: delete}\n").widens())
        .contains("tool payments/wipe would be there for refunds in canary");
  }

  @Test
  void theWayBackShowsWhatIsDefinedOtherwiseSince() {
    String first = inForce();
    fixture.apply(Yaml.REFUNDS.replace("Be brief.", "Be long."));
    fixture.apply(OTHER_WORDS);
    release("staging");
    RollbackPlan plan = RollbackPlan.of(fixture.state(), "refunds", "staging", "");
    assertThat(plan.back().version().hex()).isEqualTo(first);
    assertThat(plan.since()).contains("Tool/payments/refund");
    assertThat(plan.since()).doesNotContain("Tool/payments/get_order");

    fixture.apply(Yaml.PAYMENTS);
    assertThat(RollbackPlan.of(fixture.state(), "refunds", "staging", "").since())
        .as("as it was pinned")
        .doesNotContain("Tool/payments/refund");
    fixture.apply(
        Yaml.PAYMENTS.replace("    - {name: get_order, effect: read, sources: [orders]}\n", ""));
    assertThat(RollbackPlan.of(fixture.state(), "refunds", "staging", "").lost())
        .containsExactly("Tool/payments/get_order");
  }

  @Test
  void whoAgreedToAVersionAgreedToItsToolsAsTheyAreDefined() {
    release("canary");
    String id = release("production");
    promote(id, "olga");
    assertThat(record(id).state())
        .isEqualTo(new ReleaseState.WaitingForApprovals(List.of("owner")));
    accept(proposed(OTHER_WORDS));
    fixture.submit(new Command.JudgeRelease(id));
    assertThat(record(id).state())
        .isEqualTo(new ReleaseState.WaitingForApprovals(List.of("second-person", "owner")));
  }

  private ToolServer.Tool refund() {
    return fixture
        .state()
        .find(ToolServer.class, "payments")
        .flatMap(server -> server.tool("refund"))
        .orElseThrow();
  }

  private String inForce() {
    return fixture.state().versionInForce("refunds", "staging").orElseThrow().digest().hex();
  }

  private ReleaseRecord record(String id) {
    return fixture.state().releases().find(id).orElseThrow();
  }

  private String release(String to) {
    String id = to + "-" + fixture.state().releases().all().size();
    fixture.submit(new Command.StartRelease(id, "refunds", to, "", "better"));
    return id;
  }

  private void promote(String id, String name) {
    fixture.control().submit(new Command.PromoteRelease(id, "yes"), who(name));
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

  private static String person(String name) {
    return """
    apiVersion: steward/v1
    kind: Person
    metadata: {name: %s@example.com}
    spec: {grants: [{role: admin}]}
    """
        .formatted(name);
  }
}
