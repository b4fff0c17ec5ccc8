// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.judging;

import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.gateway.record.ShadowDuty;
import dev.steward.policy.duty.Duties;
import dev.steward.policy.duty.Duty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Holds calls that are made against what policies in shadow mode would demand along with them.
/// Rates are counted apart, as if these policies alone limited them.
public final class ShadowDuties {
  private static final String REFUSED = ", so the call would have been refused";

  private final Rates rates = new Rates();

  /// @param whose agent and environment
  /// @param reasoned whether the agent said why
  public List<ShadowDuty> of(Decision decision, String whose, boolean reasoned, Instant now) {
    List<ShadowDuty> duties = new ArrayList<>();
    for (Duty duty : Duties.shadowed(decision)) {
      duties.add(
          new ShadowDuty(
              duty,
              switch (duty) {
                case Duty.Reason() -> reasoned ? "" : "none was given" + REFUSED;
                case Duty.Limit limit ->
                    rates.take(whose + "\n" + rules(decision), List.of(limit.rate()), now)
                        ? ""
                        : "used up" + REFUSED;
                // What becomes of a result shows when there is one; people are not asked.
                case Duty.Redact _, Duty.Agreement _ -> "";
              }));
    }
    return duties;
  }

  private static String rules(Decision decision) {
    return decision.grounds().shadow().map(Grounds.Shadow::rules).orElse(List.of()).toString();
  }
}
