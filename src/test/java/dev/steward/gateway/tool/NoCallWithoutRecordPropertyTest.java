// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NoCallWithoutRecordPropertyTest {
  @Property(tries = 25)
  void everyCallLeavesOneRecordAndNoneIsSentWhileNoneCanBeKept(@ForAll long seed) {
    try (ToolScenario scenario = new ToolScenario(seed)) {
      for (ToolScenario.Went call : scenario.run()) {
        assertThat(call.kept()).isEqualTo(1);
        if (call.ending() instanceof ToolEnding.Refused(var kind, var _)
            && kind == dev.steward.gateway.wire.Refusal.Kind.UNRECORDED) {
          assertThat(call.sent()).isZero();
        }
      }
      assertThat(scenario.fixture().records.all)
          .allSatisfy(record -> {
            assertThat(record.place()).isNotNull();
            assertThat(record.tool()).isNotEmpty();
          });
    }
  }
}
