// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.command.Command;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.release.Pair;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two versions that stand side by side, as control has them.
class BlueGreenReleasesTest extends CanaryStage {
  private static final String GATE =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: tested}
      spec:
        environments: [staging]
        requires: check
        check: tests
      """;

  @Test
  void standsByUntilOneCommandSwitchesAndOneSwitchesBack() {
    start(Strategy.BLUE_GREEN, Map.of());
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());
    assertThat(fixture.state().releases().trials()).isEmpty();
    assertThat(fixture.state().releases().apart("lookup", "staging")).contains(record());
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());

    fixture.submit(change(false, false));
    assertThat(inForce("staging")).isEqualTo(second);
    assertThatThrownBy(() -> fixture.submit(change(false, true)))
        .hasMessageContaining("is in force in staging already");
    fixture.submit(change(true, true));
    assertThat(inForce("staging")).isEqualTo(first);
    assertThatThrownBy(() -> fixture.submit(change(true, false)))
        .hasMessageContaining("is in force in staging already");
    assertThat(pair().cuts()).isOne();
    assertThat(pair().switches()).extracting(Pair.Switch::candidate).containsExactly(true, false);
  }

  @Test
  void isPromotedForGood() {
    start(Strategy.BLUE_GREEN, Map.of());
    fixture.submit(change(false, false));
    fixture.submit(new Command.PromoteRelease("canary", "it does well"));

    assertThat(inForce("staging")).isEqualTo(second);
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(fixture.state().releases().apart("lookup", "staging")).isEmpty();
    assertThatThrownBy(() -> fixture.submit(change(true, false))).hasMessageContaining("is over");
    assertThat(RollbackPlan.of(fixture.state(), "lookup", "staging", "").back().version())
        .isEqualTo(first);
  }

  @Test
  void theGatesMustHoldWhenItIsSwitchedToAndBarNoWayBack() {
    start(Strategy.BLUE_GREEN, Map.of());
    fixture.apply(GATE);
    assertThatThrownBy(() -> fixture.submit(change(false, false)))
        .hasMessageContaining("it waits for tested");
    assertThat(inForce("staging")).isEqualTo(first);

    fixture.submit(new Command.ReportCheck("lookup", "", "tests", true, ""));
    fixture.submit(change(false, false));
    fixture.submit(new Command.ReportCheck("lookup", "", "tests", false, ""));
    fixture.submit(change(true, false));
    assertThat(inForce("staging")).isEqualTo(first);
    assertThatThrownBy(() -> fixture.submit(change(false, false)))
        .hasMessageContaining("it waits for tested");
  }

  @Test
  void whoSwitchesBackLetsNoEarlierPromotionComeTrueByItself() {
    start(Strategy.BLUE_GREEN, Map.of());
    fixture.submit(change(false, false));
    fixture.apply(GATE);
    fixture.submit(new Command.PromoteRelease("canary", "it does well"));
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("tested")));

    fixture.submit(change(true, false));
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());
    assertThat(fixture.state().releases().waiting()).isEmpty();
    fixture.submit(new Command.ReportCheck("lookup", "", "tests", true, ""));
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());

    fixture.submit(new Command.PromoteRelease("canary", "after all"));
    assertThat(inForce("staging")).isEqualTo(second);
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
  }

  @Test
  void whileItStandsByItIsRefusedAndOnceSwitchedToItIsRolledBack() {
    start(Strategy.BLUE_GREEN, Map.of());
    fixture.submit(new Command.RefuseRelease("canary", "not this one"));
    assertThat(record().state()).isEqualTo(new ReleaseState.Refused());

    again("second");
    fixture.submit(new Command.SwitchRelease("second", false, false, "try it"));
    fixture.submit(new Command.RefuseRelease("second", "it is worse"));
    assertThat(fixture.state().releases().find("second").orElseThrow().state())
        .isEqualTo(new ReleaseState.RolledBack());
    assertThat(inForce("staging")).isEqualTo(first);

    again("third");
    fixture.submit(new Command.SwitchRelease("third", false, false, "once more"));
    fixture.submit(new Command.RollBack("b", "lookup", "staging", "", false, "person", "worse"));
    assertThat(fixture.state().releases().find("third").orElseThrow().state())
        .isEqualTo(new ReleaseState.RolledBack());
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(fixture.state().releases().apart("lookup", "staging")).isEmpty();
  }

  @Test
  void aVersionThatWasSwitchedAwayFromIsNoWayBack() {
    start(Strategy.BLUE_GREEN, Map.of());
    fixture.submit(change(false, false));
    fixture.submit(change(true, false));

    assertThatThrownBy(() -> RollbackPlan.of(fixture.state(), "lookup", "staging", ""))
        .hasMessageContaining("no earlier version");
  }

  @Test
  void needsAVersionToSwitchFromAndAReleaseThatStandsBy() {
    assertThatThrownBy(() ->
            fixture.submit(
                new Command.StartRelease(
                    "new", "lookup", "canary", "", Strategy.BLUE_GREEN, Map.of(), "why not")))
        .hasMessageContaining("there is nothing to switch from");
    assertThatThrownBy(() -> start(Strategy.BLUE_GREEN, Map.of("weight", "10%")))
        .hasMessageContaining("for the strategy canary only");
    start(Map.of());
    assertThatThrownBy(() -> fixture.submit(change(false, false)))
        .hasMessageContaining("nothing to switch");
  }

  @Test
  void endsWithItsAgent() {
    start(Strategy.BLUE_GREEN, Map.of());
    fixture.submit(new Command.DeleteResource("Agent", "lookup"));

    assertThat(record().state()).isEqualTo(new ReleaseState.Refused());
    assertThat(fixture.state().releases().apart()).isEqualTo(List.of());
  }

  private void again(String id) {
    fixture.submit(
        new Command.StartRelease(
            id, "lookup", "staging", "", Strategy.BLUE_GREEN, Map.of(), "once more"));
  }

  private Pair pair() {
    return record().paired().orElseThrow();
  }

  private static Command change(boolean back, boolean cut) {
    return new Command.SwitchRelease("canary", back, cut, "the other one");
  }
}
