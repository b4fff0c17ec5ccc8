// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.policy.duty.Duties;
import dev.steward.policy.duty.Duty;
import dev.steward.policy.proof.Difference.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Searches two regimes for calls on which they decide otherwise, with the least that must be
/// supposed for that. See RATIONALE.md for why that finds them all.
final class Search {
  private static final long STEPS_MAX = 20_000_000;

  private final Regime before;
  private final Regime after;
  private final List<Difference> looser = new ArrayList<>();
  private final List<Difference> tighter = new ArrayList<>();
  private long cases;
  private long steps;

  Search(Regime before, Regime after) {
    this.before = before;
    this.after = after;
  }

  /// Two sides of one call, and what is supposed of it.
  private record Pair(Side from, Side to, Set<String> holding) {}

  /// @param was the agent before, empty where there was none
  /// @param is the agent after, empty where it is gone
  void look(Optional<Agent> was, Optional<Agent> is, Aim aim, String environment) {
    Set<String> claims = new LinkedHashSet<>();
    was.ifPresent(agent -> claims.addAll(Aim.claims(agent)));
    is.ifPresent(agent -> claims.addAll(Aim.claims(agent)));
    String agent = was.or(() -> is).map(Agent::name).orElse("");
    for (String workflow : claims) {
      look(new Ground(before, after, was, is, aim, environment, workflow), agent);
    }
  }

  private void look(Ground ground, String agent) {
    cases++;
    loosened(ground.before(true), ground.after(false))
        .ifPresent(pair -> keep(looser, agent, ground, pair.from, pair.to, pair.holding));
    loosened(ground.after(true), ground.before(false))
        .ifPresent(pair -> keep(tighter, agent, ground, pair.to, pair.from, pair.holding));
  }

  Comparison found() {
    return new Comparison(looser, tighter, cases);
  }

  private static void keep(
      List<Difference> kept,
      String agent,
      Ground ground,
      Side then,
      Side now,
      Set<String> holding) {
    if (kept.size() < Comparison.LISTED_MAX) {
      Outcome was = outcome(then, holding);
      Outcome is = outcome(now, holding);
      boolean alike =
          was.tier() == is.tier() || (was.tier() != Tier.DENY && is.tier() != Tier.DENY);
      List<Duty> duties = new ArrayList<>();
      if (alike) {
        duties.addAll(Duties.lost(then.duties(holding), now.duties(holding)));
        if (duties.isEmpty()) {
          duties.addAll(Duties.lost(now.duties(holding), then.duties(holding)));
        }
      }
      kept.add(
          new Difference(
              agent,
              ground.aim().toString(),
              ground.environment(),
              ground.workflow(),
              was,
              is,
              duties));
    }
  }

  private static Outcome outcome(Side side, Set<String> holding) {
    Tier tier = side.outcome(holding);
    return new Outcome(tier, side.making(tier, holding), side.suppositions(holding));
  }

  /// Whether one side lets through what the other does not, or not without more duties.
  private Optional<Pair> loosened(Side from, Side to) {
    Set<Set<String>> makers = to.applying(Tier.ALLOW, Tier.REQUIRE_APPROVAL);
    Set<Set<String>> breakers = from.applying(Tier.REQUIRE_APPROVAL, Tier.DENY);
    for (Set<String> maker : makers) {
      for (Set<String> breaker : breakers) {
        Set<String> holding = both(maker, breaker);
        if (to.outcome(holding).compareTo(from.outcome(holding)) < 0) {
          return Optional.of(new Pair(from, to, holding));
        }
      }
    }
    Set<Set<String>> asking = from.applying(Tier.REQUIRE_APPROVAL);
    for (Set<String> demand : from.demanding()) {
      for (Set<String> maker : makers) {
        for (Set<String> ask : asking) {
          Set<String> holding = both(both(demand, maker), ask);
          if (eased(from, to, holding)) {
            return Optional.of(new Pair(from, to, holding));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean eased(Side from, Side to, Set<String> holding) {
    return from.outcome(holding) != Tier.DENY
        && to.outcome(holding) != Tier.DENY
        && !Duties.lost(from.duties(holding), to.duties(holding)).isEmpty();
  }

  private Set<String> both(Set<String> one, Set<String> other) {
    if (++steps > STEPS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "comparing takes more than "
              + STEPS_MAX
              + " steps; compare one agent, or fewer policies at once");
    }
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }
}
