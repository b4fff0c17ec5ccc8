// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.record.EffectEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

class NoSideEffectBeforeIntentPropertyTest {
  @Property(tries = 25)
  void whatDoesMoreThanReadIsInTheLedgerBeforeItIsSentAndItsOutcomeAfter(@ForAll long seed) {
    try (ToolScenario scenario = new ToolScenario(seed)) {
      Set<String> intended = new HashSet<>();
      for (ToolScenario.Went call : scenario.run()) {
        if (call.sent() == 1 && List.of("pay", "wipe").contains(call.tool())) {
          Set<String> fresh = new HashSet<>();
          for (EffectEntry entry : call.before()) {
            if (entry instanceof EffectEntry.Intent intent && intended.add(intent.call())) {
              fresh.add(intent.tool());
            }
          }
          assertThat(fresh).containsExactly(call.tool());
          Statistics.label("effects").collect(call.tool());
        }
      }
      Statistics.label("effects").coverage(seen -> seen.check("pay").count(count -> count > 0));
      Map<String, Integer> outcomes = new HashMap<>();
      for (EffectEntry entry : scenario.entries()) {
        switch (entry) {
          case EffectEntry.Intent intent -> outcomes.putIfAbsent(intent.call(), 0);
          case EffectEntry.Outcome outcome -> outcomes.merge(outcome.call(), 1, Integer::sum);
        }
      }
      assertThat(outcomes.keySet()).containsExactlyInAnyOrderElementsOf(intended);
      assertThat(outcomes.values()).allMatch(count -> count == 1);
    }
  }
}
