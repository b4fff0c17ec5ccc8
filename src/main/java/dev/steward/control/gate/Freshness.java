// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a good verdict that waits for people must be put on record anew, though it says the same:
/// before a gate finds it too old.
public final class Freshness {
  /// A gate that lets a verdict count for less than twice this is closed now and then.
  private static final Duration LEAST = Duration.ofSeconds(10);

  private Freshness() {}

  /// Whether the last verdict on the release is half as old as a gate lets it become, or older.
  public static boolean fades(State state, ReleaseRecord record, Instant now) {
    Optional<Rollout.Judgement> last = record.tried().flatMap(Rollout::judgement);
    Optional<Agent> agent = state.agent(record.release().agent());
    if (last.isEmpty()
        || agent.isEmpty()
        || !last.get().verdict().equals(CanaryVerdict.PROMOTE.word())) {
      return false;
    }
    for (Gate gate : Course.gates(state, agent.get(), record.release().to())) {
      if (gate.requirement() instanceof Gate.CanaryPassed asks) {
        Duration half = asks.ageMax().dividedBy(2);
        Duration rest = half.compareTo(LEAST) < 0 ? LEAST : half;
        if (!last.get().at().plus(rest).isAfter(now)) {
          return true;
        }
      }
    }
    return false;
  }
}
