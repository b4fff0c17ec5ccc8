// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.record.ToolRecord;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

class NoForwardAfterDenyPropertyTest {
  @Property(tries = 25)
  void whatWasNotAllowedNeverReachesItsServer(@ForAll long seed) {
    try (ToolScenario scenario = new ToolScenario(seed)) {
      for (ToolScenario.Went call : scenario.run()) {
        Statistics.label("refused").collect(call.sent() == 0);
        switch (call.ending()) {
          case ToolEnding.NoSuchTool _, ToolEnding.Pending _ -> assertThat(call.sent()).isZero();
          case ToolEnding.Refused refused -> {
            switch (refused.kind()) {
              case DENIED, KILLED, LOOP, BUDGET, BUSY, MALFORMED, UNRECORDED, STOPPING ->
                  assertThat(call.sent()).isZero();
              default -> assertThat(call.sent()).isEqualTo(1);
            }
          }
          case ToolEnding.Answered _,
              ToolEnding.Begun _,
              ToolEnding.Failed _,
              ToolEnding.Unreached _ ->
              assertThat(call.sent()).isEqualTo(1);
        }
      }
      Statistics.label("refused")
          .coverage(seen -> {
            seen.check(true).count(count -> count > 0);
            seen.check(false).count(count -> count > 0);
          });
      for (ToolRecord record : scenario.fixture().records.all) {
        if (record.isSent()) {
          assertThat(record.decision()).isInstanceOf(Verdict.Allow.class);
        }
      }
    }
  }
}
