// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Rate;
import dev.steward.console.part.Fact;
import dev.steward.control.release.Shadowing;
import java.util.ArrayList;
import java.util.List;

/// What a release's page says of copies of live calls: the live side beside the shadow's.
final class ShadowFacts {
  private ShadowFacts() {}

  static List<Fact> of(Shadowing told, boolean active) {
    long compared = told.count(Shadowing.COMPARED);
    Rate rate = new Rate(told.count(Shadowing.AGREED), compared);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.of("Shadow", active ? "it gets copies of live calls" : "it gets no copies now")
            .noted(
                "%s compared, %s dropped, %s without an answer"
                    .formatted(
                        Figures.count(compared),
                        Figures.count(told.count(Shadowing.DROPPED)),
                        Figures.count(told.count(Shadowing.FAILED)))));
    facts.add(
        Fact.of("Agreement", rate.known() ? rate.percent() : "nothing was compared yet")
            .noted(
                (rate.known() ? "interval " + rate.interval() + " %; the same: " : "the same: ")
                    + "%s outcomes, %s effects, %s sets of tools, %s answers"
                        .formatted(
                            Figures.count(told.count(Shadowing.SAME_OUTCOME)),
                            Figures.count(told.count(Shadowing.SAME_EFFECTS)),
                            Figures.count(told.count(Shadowing.SAME_TOOLS)),
                            Figures.count(told.count(Shadowing.SAME_ANSWER)))));
    facts.add(
        Fact.of("Effects that did not happen", Figures.count(held(told)))
            .noted(
                "%s answered as the live run's, %s simulated, %s refused"
                    .formatted(
                        Figures.count(told.count(Shadowing.FROM_LIVE)),
                        Figures.count(told.count(Shadowing.SIMULATED)),
                        Figures.count(told.count(Shadowing.REFUSED)))));
    if (compared > 0) {
      facts.add(
          Fact.of(
                  "Time of a call",
                  told.count(Shadowing.LIVE_MILLIS) / compared
                      + " ms live, "
                      + told.count(Shadowing.SHADOW_MILLIS) / compared
                      + " ms shadow")
              .noted("on average"));
    }
    facts.addAll(costs(told));
    return facts;
  }

  private static long held(Shadowing told) {
    return told.count(Shadowing.FROM_LIVE)
        + told.count(Shadowing.SIMULATED)
        + told.count(Shadowing.REFUSED);
  }

  private static List<Fact> costs(Shadowing told) {
    List<Fact> facts = new ArrayList<>();
    told.sums()
        .forEach((word, sum) -> {
          if (word.startsWith(Shadowing.LIVE_COST)) {
            facts.add(cost("Live calls cost", word, Shadowing.LIVE_COST, sum.toPlainString()));
          } else if (word.startsWith(Shadowing.SHADOW_COST)) {
            facts.add(cost("Copies cost", word, Shadowing.SHADOW_COST, sum.toPlainString()));
          }
        });
    return facts;
  }

  private static Fact cost(String name, String word, String start, String amount) {
    return Fact.of(name, amount + " " + word.substring(start.length()))
        .noted("all that were compared");
  }
}
