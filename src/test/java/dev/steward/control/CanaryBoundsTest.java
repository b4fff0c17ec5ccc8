// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.release.GateResult;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.ReleaseState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a canary's verdict is worth: by which terms, for how long, and what stands in its way.
class CanaryBoundsTest extends CanaryStage {
  private static final String PAID =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: paid}
      spec: {environments: [staging], requires: budget}
      """;

  private static final String BUDGET =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: all}
      spec: {window: day, limit: {cost: 10, currency: USD}}
      """;

  @Test
  void termsThatAreLooserThanTheGateAsksOpenNothing() {
    fixture.apply(
        gate(
            "staging",
            "terms: {accepted-loss: 5%, least-units: 50, least-time: 30m, guardrails: [error,"
                + " cost+20%]}"));
    start(Map.of("accepted-loss", "99%", "least-units", "1", "guardrails", "cost+50%"));

    GateResult said = gate();
    assertThat(said.verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    assertThat(said.why())
        .contains("accepted-loss 99%, at most 5%")
        .contains("least-units 1, at least 50")
        .contains("guardrails without error")
        .contains("cost+50%, at most cost+20%")
        .doesNotContain("least-time");
    assertThat(said.evidence().get("asked")).contains("least-units 50");
    assertThat(record().begun()).isFalse();
    assertThat(inForce("staging")).isEqualTo(first);
  }

  @Test
  void termsAsStrictAsTheGateAsksOpenItByTheirVerdict() {
    fixture.apply(gate("staging", "terms: {accepted-loss: 5%, least-units: 50, untold: left-out}"));
    start(Map.of("accepted-loss", "4%", "least-units", "50"));
    assertThat(gate().verdict()).isEqualTo(GateVerdict.PASS);
    judge(CanaryVerdict.PROMOTE, "shown-good");

    assertThat(inForce("staging")).isEqualTo(second);
    assertThat(gate().evidence().get("terms")).contains("accepted-loss 4%");
  }

  @Test
  void aGateThatAsksForMoreWhileItIsTriedIsNotOpenedByTheVerdict() {
    start(Map.of("least-units", "1"));
    fixture.apply(gate("staging", "terms: {least-units: 50}"));
    judge(CanaryVerdict.PROMOTE, "shown-good");

    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("tried")));
    assertThat(inForce("staging")).isEqualTo(first);
  }

  @Test
  void aCanaryInAnotherEnvironmentThanTheGateNamesOpensNothing() {
    fixture.apply(gate("canary", "triedIn: [canary]"));
    start(Map.of());
    judge(CanaryVerdict.PROMOTE, "shown-good");
    assertThat(inForce("staging")).isEqualTo(second);
    fixture.submit(new Command.StartRelease("next", "lookup", "canary", "", "better"));

    GateResult said =
        fixture.state().releases().find("next").orElseThrow().said("tried").orElseThrow();
    assertThat(said.verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    assertThat(said.why()).contains("in canary");
    assertThat(fixture.state().environments("lookup")).doesNotContainKey("canary");
  }

  @Test
  void whatAGateMayAskForIsToldWhereItIsWritten() {
    for (String wrong :
        List.of(
            "terms: {weight: 5%}", "terms: {least-units: many}", "terms: {guardrails: [joy]}")) {
      assertThat(
              Manifests.read(List.of(new ManifestFile("gate.yaml", gate("staging", wrong))))
                  .problems())
          .as(wrong)
          .isNotEmpty();
    }
    assertThat(fixture.apply(gate("staging", "triedIn: [staging]")).plan().problems()).isEmpty();
    assertThat(fixture.apply(gate("staging", "triedIn: [staging]")).plan().changesSomething())
        .isFalse();
  }

  @Test
  void aVerdictThatWaitsForPeopleIsJudgedAnewBeforeItIsTooOld() {
    fixture.apply(gate("staging", "maxAge: 60s"));
    fixture.apply(PAID);
    fixture.apply(BUDGET);
    start(Map.of());
    fixture.submit(new Command.DeleteResource("Budget", "all"));
    judge(CanaryVerdict.PROMOTE, "shown-good");
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("paid")));
    for (int i = 0; i < 70; i++) {
      fixture.now();
    }
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(gate().why()).contains("judged longer than");

    judge(CanaryVerdict.PROMOTE, "shown-good");
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(gate().verdict()).isEqualTo(GateVerdict.PASS);
    fixture.apply(BUDGET);
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(inForce("staging")).isEqualTo(second);
  }

  @Test
  void aGoodVerdictIsNotToldAnewWhileItIsFresh() {
    fixture.apply(PAID);
    fixture.apply(BUDGET);
    start(Map.of());
    fixture.submit(new Command.DeleteResource("Budget", "all"));
    judge(CanaryVerdict.PROMOTE, "shown-good");
    judge(CanaryVerdict.PROMOTE, "shown-good");

    assertThat(record().tried().orElseThrow().judgements()).hasSize(1);
  }

  @Test
  void whatWaitsAfterAGoodVerdictIsHeldWhenItsTimeIsOver() {
    fixture.apply(PAID);
    fixture.apply(BUDGET);
    start(Map.of());
    fixture.submit(new Command.DeleteResource("Budget", "all"));
    judge(CanaryVerdict.PROMOTE, "shown-good");
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("paid")));

    judge(CanaryVerdict.INCONCLUSIVE, "time-over");
    assertThat(record().state()).isEqualTo(new ReleaseState.Held());
    fixture.apply(BUDGET);
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(record().state()).isEqualTo(new ReleaseState.Held());
    assertThat(inForce("staging")).isEqualTo(first);
  }

  @Test
  void whatAPersonPromotedStaysPromotedWhateverIsSaidLater() {
    fixture.apply(PAID);
    fixture.apply(BUDGET);
    start(Map.of());
    fixture.submit(new Command.DeleteResource("Budget", "all"));
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Person
        metadata: {name: olga@example.com}
        spec: {grants: [{role: operator}]}
        """);
    String olga = fixture.state().person("olga@example.com").orElseThrow().id();
    fixture.control().submit(new Command.PromoteRelease("canary", "I want it"), Actor.person(olga));
    judge(CanaryVerdict.PROMOTE, "shown-good");
    judge(CanaryVerdict.HOLD, "not-shown");
    judge(CanaryVerdict.INCONCLUSIVE, "time-over");

    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("paid")));
  }

  @Test
  void oneThatIsHeldGoesOnOnlyWhereItsGatesHold() {
    start(Map.of());
    fixture.submit(new Command.HoldRelease("canary", "a visit"));
    fixture.apply(PAID);
    assertThatThrownBy(() -> fixture.submit(new Command.WeighCanary("canary", "40%", "go on")))
        .hasMessageContaining("paid");
    assertThat(rollout().weight().signum()).isZero();

    fixture.apply(BUDGET);
    fixture.apply(gate("staging", "maxAge: 7d"));
    fixture.submit(new Command.WeighCanary("canary", "40%", "go on"));
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());
    assertThat(record().said("paid").orElseThrow().verdict()).isEqualTo(GateVerdict.PASS);
    assertThat(rollout().weight()).isEqualByComparingTo("0.4");
  }

  private GateResult gate() {
    return record().said("tried").orElseThrow();
  }

  private static String gate(String environment, String more) {
    return """
    apiVersion: steward/v1
    kind: Gate
    metadata: {name: tried}
    spec:
      environments: [%s]
      requires: canary
      %s
    """
        .formatted(environment, more);
  }
}
