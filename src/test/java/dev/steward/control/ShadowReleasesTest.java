// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.release.GateResult;
import dev.steward.control.release.Shadowing;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A version that gets copies of live calls, as control has it.
class ShadowReleasesTest extends CanaryStage {
  private static final String BUDGET =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: shadows}
      spec: {scope: {agent: lookup, shadow: true}, window: day, limit: {calls: 100}}
      """;

  private static final String GATE =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: alike}
      spec:
        environments: [staging]
        requires: shadow
        terms: {least-agreement: 60%, least-answers: 10}
      """;

  @Test
  void withoutAKeyOfItsOwnItGetsNoCopies() {
    fixture.apply(BUDGET);
    start(Strategy.SHADOW, Map.of());
    assertThat(record().state())
        .isEqualTo(new ReleaseState.WaitingForApprovals(List.of("bound-key")));
    assertThat(fixture.state().releases().shadowed("lookup", "staging")).isEmpty();
    issue("key-1", "staging", "");
    issue("key-2", "development", second.hex());
    issue("key-3", "staging", second.hex());
    fixture.submit(new Command.RevokeAgentKey("key-3", "lost"));
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(fixture.state().releases().shadowed("lookup", "staging")).isEmpty();

    issue("key-4", "staging", second.hex());
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(fixture.state().releases().shadowed("lookup", "staging")).contains(record());
  }

  @Test
  void whatIsComparedOpensItsGate() {
    begin(GATE);
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(record().state().missing()).containsExactly("alike");
    assertThat(fixture.state().releases().shadowed("lookup", "staging")).contains(record());
    assertThat(fixture.state().releases().apart("lookup", "staging")).isEmpty();

    count(9, 9);
    assertThat(gate().verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    assertThat(gate().why()).contains("9 of 9 copies", "10 copies are asked for");
    count(3, 3);
    assertThat(gate().verdict()).isEqualTo(GateVerdict.PASS);
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(inForce("staging")).isEqualTo(second);
    assertThat(fixture.state().releases().shadowed("lookup", "staging")).isEmpty();
  }

  @Test
  void whatDiffersFailsItsGateAndNothingComesIntoForce() {
    begin(GATE);
    count(20, 4);

    assertThat(gate().verdict()).isEqualTo(GateVerdict.FAIL);
    assertThat(gate().evidence()).containsEntry("compared", "20").containsEntry("agreed", "4");
    assertThat(inForce("staging")).isEqualTo(first);
  }

  @Test
  void withoutAGateItWaitsForSomebodyAndAHoldEndsTheCopies() {
    begin("");
    assertThat(record().state().missing()).containsExactly("promotion");
    fixture.submit(new Command.HoldRelease("canary", "too dear"));
    assertThat(fixture.state().releases().shadowed("lookup", "staging")).isEmpty();
    fixture.submit(new Command.RefuseRelease("canary", "not this one"));
    assertThat(record().state()).isEqualTo(new ReleaseState.Refused());
    count(1, 1);
    assertThat(record().shadowed().orElseThrow().sums()).isEmpty();
  }

  @Test
  void onlyTheServerCountsAndASnapshotKeepsIt() {
    begin("");
    count(2, 1);
    assertThatThrownBy(() ->
            fixture
                .control()
                .submit(new Command.CountShadow("canary", Map.of()), Actor.person("somebody")))
        .hasMessageContaining("only the server");
    State before = fixture.state();
    assertThat(
            SnapshotCodec.read(
                SnapshotCodec.write(before), new Shelf(fixture.ledger::blob, fixture.people)))
        .isEqualTo(before);
    fixture.restart();
    assertThat(record().shadowed().orElseThrow().count(Shadowing.COMPARED)).isEqualTo(2);
  }

  @Test
  void theLiveBudgetsPayForNoShadow() {
    fixture.apply(BUDGET.replace(", shadow: true", ""));
    assertThatThrownBy(() -> start(Strategy.SHADOW, Map.of()))
        .hasMessageContaining("no Budget pays for shadows of lookup in staging");
    fixture.apply(GATE.replace("requires: shadow", "requires: budget").replaceAll("terms.*\n", ""));
    fixture.apply(BUDGET);
    start(Strategy.DIRECT, Map.of());
    assertThat(gate().why()).contains("no Budget pays for lookup in staging");
  }

  private void begin(String gate) {
    fixture.apply(BUDGET);
    if (!gate.isEmpty()) {
      fixture.apply(gate);
    }
    start(Strategy.SHADOW, Map.of());
    issue("shadow", "staging", second.hex());
    fixture.submit(new Command.JudgeRelease("canary"));
  }

  private void issue(String id, String environment, String version) {
    fixture.submit(new Command.IssueAgentKey(id, Digest.of(id), "lookup", environment, version));
  }

  private void count(long compared, long agreed) {
    fixture.submit(
        new Command.CountShadow(
            "canary",
            Map.of(
                Shadowing.COMPARED,
                BigDecimal.valueOf(compared),
                Shadowing.AGREED,
                BigDecimal.valueOf(agreed))));
    fixture.submit(new Command.JudgeRelease("canary"));
  }

  private GateResult gate() {
    return record().said("alike").orElseThrow();
  }
}
