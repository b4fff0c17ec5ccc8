// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeptAlarmsTest {
  private static final Digest D = Digest.of("x");
  private static final DriftAlarm.Closing CLOSING =
      new DriftAlarm.Closing(Instant.EPOCH, Actor.SYSTEM, D);

  @Test
  void theOpenOnesAndTheNewestOfTheClosedOnesAreKept() {
    Baselines all = Baselines.NONE.found(alarm("open"));
    for (int i = 0; i < 1_002; i++) {
      all = all.found(alarm("a-" + i)).closed("a-" + i, CLOSING);
    }

    assertThat(all.alarms()).hasSize(1_001);
    assertThat(all.alarms().getFirst().id()).isEqualTo("open");
    assertThat(all.alarm("a-1")).isEmpty();
    assertThat(all.alarm("a-2")).isPresent();
    assertThat(all.alarms().getLast().id()).isEqualTo("a-1001");
  }

  @Test
  void whatWasRaisedIsKnownAlsoWhereTheAlarmIsNotKeptAnyMore() {
    Baselines all = learnt(Baselines.NONE).found(alarm("first")).closed("first", CLOSING);
    for (int i = 0; i < 1_000; i++) {
      all = all.found(other("a-" + i)).closed("a-" + i, CLOSING);
    }

    assertThat(all.alarm("first")).isEmpty();
    assertThat(all.told("lookup", "staging", "success", "up")).isTrue();
    assertThat(all.told("lookup", "staging", "success", "down")).isFalse();
    assertThat(Baselines.of(all.rows())).isEqualTo(all);
    Baselines anew = learnt(all.letGo("lookup", "staging", CLOSING));
    assertThat(anew.told("lookup", "staging", "success", "up")).isFalse();
  }

  @Test
  void thePageIsAnAddressWhateverARunCallsItsEnvironment() {
    assertThat(DriftAddress.of("refunds", "production")).isEqualTo("drift/refunds/production");
    assertThat(DriftAddress.of("refunds", "a b/ü?")).isEqualTo("drift/refunds/a%20b%2F%C3%BC%3F");
  }

  private static Baselines learnt(Baselines before) {
    return before.learnt(
        new FrozenBaseline(
            "lookup", "staging", "undeclared", 5, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, D));
  }

  private static DriftAlarm alarm(String id) {
    return of(id, "lookup");
  }

  private static DriftAlarm other(String id) {
    return of(id, "refunds");
  }

  private static DriftAlarm of(String id, String agent) {
    return new DriftAlarm(
        id, agent, "staging", "success", "up", Instant.EPOCH, Instant.EPOCH, 9, "why", D, null);
  }
}
