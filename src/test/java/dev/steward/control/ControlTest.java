// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.Plan;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Person;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void appliedResourcesAreInState() {
    Accepted accepted = fixture.apply(Yaml.ALL);

    assertThat(accepted.plan().changes())
        .containsExactly(
            new Change.Created("Person", "dana@example.com"),
            new Change.Created("DataSource", "orders"),
            new Change.Created("ToolServer", "payments"),
            new Change.Created("Agent", "refunds"));
    Agent agent = fixture.state().agent("refunds").orElseThrow();
    assertThat(agent.owner()).isEqualTo("dana@example.com");
    assertThat(agent.autonomy()).isEqualTo(Agent.Autonomy.ACT_WITH_APPROVAL);
    assertThat(agent.version().delegates()).containsExactly("fraud-check");
    assertThat(fixture.state().versionInForce("refunds", "development")).contains(agent.version());
    assertThat(fixture.state().versionInForce("refunds", "production")).isEmpty();
    assertThat(fixture.state().sequence()).isEqualTo(fixture.ledger.size()).isEqualTo(1);
  }

  @Test
  void applyingTheSameAgainWritesNothing() {
    fixture.apply(Yaml.ALL);

    Accepted again = fixture.apply(Yaml.ALL);

    assertThat(again.receipts()).isEmpty();
    assertThat(again.plan().changes()).hasSize(4).allMatch(Change.Unchanged.class::isInstance);
    assertThat(fixture.ledger.size()).isEqualTo(1);
  }

  @Test
  void previewTellsWhatDiffersAndWritesNothing() {
    fixture.apply(Yaml.ALL);
    String changed =
        Yaml.REFUNDS
            .replace("Be brief.", "Be kind.")
            .replace("tools: [get_order, refund]", "tools: [get_order]")
            .replace("risk: high", "risk: limited");

    Plan plan =
        fixture
            .control()
            .preview(
                new Command.ApplyResources(ControlFixture.read(changed).declarations()),
                Actor.SYSTEM);

    Change.Changed change = (Change.Changed) plan.changes().getFirst();
    assertThat(change.fields())
        .containsExactly(
            new FieldDiff("spec.risk", "high", "limited"),
            new FieldDiff(
                "spec.version.prompts.system.text",
                "You answer refund requests.\nBe brief.",
                "You answer refund requests.\nBe kind."),
            new FieldDiff("spec.version.tools[payments].tools[refund]", "refund", ""));
    assertThat(change.fields().get(1).lines())
        .containsExactly("  You answer refund requests.", "- Be brief.", "+ Be kind.");
    assertThat(fixture.ledger.size()).isEqualTo(1);
    assertThat(fixture.state().agent("refunds").orElseThrow().risk()).isEqualTo(Agent.Risk.HIGH);
  }

  @Test
  void changesKeepEveryVersionReadable() {
    fixture.apply(Yaml.ALL);
    fixture.apply(Yaml.REFUNDS.replace("gpt-5", "gpt-6"));
    fixture.apply(Yaml.REFUNDS.replace("gpt-5", "gpt-6").replace("risk: high", "risk: limited"));

    State state = fixture.state();
    assertThat(state.versions("refunds")).hasSize(2);
    List<Revision> history = state.history("Agent", "refunds");
    assertThat(history).hasSize(3);
    Agent first = (Agent) state.read("Agent", "refunds", history.getFirst());
    assertThat(first.version().models().getFirst().model()).isEqualTo("gpt-5");
    assertThat(first.owner()).isEqualTo("dana@example.com");
    assertThat(state.version("refunds", first.version().shortName()).orElseThrow().json())
        .isEqualTo(first.version().json());
    assertThat(state.versionInForce("refunds", "development").orElseThrow().models().getFirst())
        .extracting(m -> m.model())
        .isEqualTo("gpt-6");
  }

  @Test
  void deletionIsATombstoneAndKeysOfTheAgentStop() {
    fixture.apply(Yaml.ALL);
    ControlCredentialsTest.issueKey(fixture, "refunds");

    fixture.submit(new Command.DeleteResource("agents", "refunds"));

    State state = fixture.state();
    assertThat(state.agent("refunds")).isEmpty();
    assertThat(state.agents()).isEmpty();
    assertThat(state.history("Agent", "refunds")).hasSize(2);
    assertThat(state.history("Agent", "refunds").getLast().deleted()).isTrue();
    assertThat(state.environments("refunds")).isEmpty();
    assertThat(state.agentKeys()).singleElement().matches(key -> !key.active());
    assertThat(fixture.apply(Yaml.REFUNDS).plan().changes())
        .containsExactly(new Change.Created("Agent", "refunds"));
  }

  @Test
  void stateOfThePastIsAsItWas() {
    fixture.apply(Yaml.ALL);
    Instant between = fixture.now();
    fixture.submit(new Command.DeleteResource("Agent", "refunds"));

    assertThat(fixture.control().stateAt(1).agent("refunds")).isPresent();
    assertThat(fixture.control().stateAt(between).agent("refunds")).isPresent();
    assertThat(fixture.control().stateAt(fixture.now()).agent("refunds")).isEmpty();
    assertThat(fixture.control().stateAt(Instant.EPOCH).sequence()).isZero();
  }

  @Test
  void anApplyThatIsWrongInOnePlaceAppliesNothing() {
    String wrong = Yaml.REFUNDS.replace("dana@example.com", "dona@example.com");

    assertThatThrownBy(() -> fixture.apply(Yaml.documents(Yaml.DANA, wrong)))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessage(
            "nothing was applied:\ntest.yaml:10: spec.owner: 'dona@example.com' is nobody known; an"
                + " owner is one Person, so declare it before or in the same apply. Did you mean"
                + " dana@example.com?");
    assertThat(fixture.ledger.size()).isZero();
    assertThat(fixture.state().all(Person.class)).isEmpty();
  }

  @Test
  void aResourceThatStandsTwiceIsRefused() {
    fixture.apply(Yaml.DANA);

    assertThatThrownBy(() -> fixture.apply(Yaml.documents(Yaml.agent("a"), Yaml.agent("a"))))
        .hasMessageContaining(
            "test.yaml:11: metadata.name: Agent a is declared twice, first in test.yaml:1; remove"
                + " one");
  }

  @Test
  void whatNobodyDeclaredIsAWarning() {
    fixture.apply(Yaml.DANA);

    Plan plan = fixture.apply(Yaml.REFUNDS).plan();

    assertThat(plan.warnings())
        .extracting(p -> p.message())
        .containsExactly(
            "tools of payments: no such ToolServer is declared, so what data they reach is not"
                + " known",
            "no DataSource refund-guidelines is declared, so its labels are not known",
            "no Agent fraud-check to delegate to");
    assertThat(plan.warnings().getFirst().line()).isEqualTo(13);
  }

  @Test
  void anUnknownResourceIsNotDeletedButTheNearestIsNamed() {
    fixture.apply(Yaml.ALL);

    assertThatThrownBy(() -> fixture.submit(new Command.DeleteResource("Agent", "refund")))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessage("no Agent 'refund'. Did you mean refunds?");
  }

  @Test
  void anOwnerIsNeitherDeletedNorErased() {
    fixture.apply(Yaml.ALL);

    assertThatThrownBy(
            () -> fixture.submit(new Command.DeleteResource("Person", "dana@example.com")))
        .hasMessage(
            "dana@example.com cannot be deleted while owning Agent refunds, DataSource orders,"
                + " ToolServer payments; give them another owner first");
    assertThatThrownBy(
            () -> fixture.submit(new Command.ErasePerson("dana@example.com", "asked for it")))
        .hasMessageContaining("cannot be erased while owning Agent refunds");
  }

  @Test
  void manyResourcesAreOneApplyInSeveralEntries() {
    StringBuilder yaml = new StringBuilder(Yaml.DANA);
    for (int i = 0; i < 1000; i++) {
      yaml.append("---\n").append(Yaml.agent("agent-" + i, "version: {code: {build: " + i + "}}"));
    }

    Accepted accepted = fixture.apply(yaml.toString());

    assertThat(accepted.receipts()).hasSizeGreaterThan(2);
    assertThat(fixture.state().agents()).hasSize(1000);
    assertThat(fixture.replayed(fixture.ledger.size())).isEqualTo(fixture.state());
  }

  @Test
  void settingsAreKept() {
    fixture.submit(new Command.ChangeSetting("ingest.require-key", "true"));
    fixture.submit(new Command.ChangeSetting("ingest.require-key", "true"));

    assertThat(fixture.state().setting("ingest.require-key")).contains("true");
    assertThat(fixture.ledger.size()).isEqualTo(1);
  }

  @Test
  void noEntryOrBodyHoldsANameOrAddress() {
    fixture.apply(Yaml.ALL);
    fixture.submit(new Command.DeleteResource("Agent", "refunds"));

    for (byte[] entry : fixture.ledger.read(0, 100)) {
      assertThat(new String(entry, StandardCharsets.UTF_8))
          .doesNotContain("dana", "Dana", "Smith", "You answer refund requests");
    }
    for (Revision revision : fixture.state().history("Agent", "refunds")) {
      if (revision.body() != null) {
        assertThat(
                new String(
                    fixture.ledger.blob(revision.body()).orElseThrow(), StandardCharsets.UTF_8))
            .doesNotContain("dana")
            .contains("person-");
      }
    }
  }
}
