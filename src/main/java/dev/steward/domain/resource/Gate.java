// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import dev.steward.domain.release.LeastAgreement;
import dev.steward.domain.release.LeastTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Something that must hold before a version of an agent moves into an environment.
///
/// @param agents for whose releases it stands
/// @param environments before which it stands; none for all but the first
/// @param requirement what must hold
public record Gate(
    Metadata metadata, Policy.AgentScope agents, List<String> environments, Requirement requirement)
    implements Resource {
  public Gate {
    environments = List.copyOf(environments);
  }

  /// Whether it stands before the environment for the agent.
  public boolean meets(Agent agent, String environment) {
    return agents.selects(agent.name(), agent.metadata().labels())
        && (environments.isEmpty() || environments.contains(environment));
  }

  /// What must hold.
  public sealed interface Requirement
      permits PolicyProof,
          Approvals,
          Drilled,
          BudgetPresent,
          OwnerPresent,
          Reported,
          CanaryPassed,
          CopilotAgreed,
          ShadowAgreed,
          NoFreeze {
    /// How it is written in `requires:`.
    String word();
  }

  /// The version may do nothing that the running one may not, unless a second person agreed to it,
  /// and the statements are proved.
  ///
  /// @param statements such as `agent refunds never calls payments/refund without approval`
  public record PolicyProof(List<String> statements) implements Requirement {
    public static final String WORD = "policy-proof";

    public PolicyProof {
      statements = List.copyOf(statements);
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// So many people agreed, without the one who started it.
  public record Approvals(int people) implements Requirement {
    public static final String WORD = "approvals";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// Kill switch and circuit breaker were drilled with success, no longer ago than this.
  public record Drilled(Duration ageMax) implements Requirement {
    public static final String WORD = "drills";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// A Budget pays for the agent's calls there.
  public record BudgetPresent() implements Requirement {
    public static final String WORD = "budget";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// The agent's owner is a person who is known.
  public record OwnerPresent() implements Requirement {
    public static final String WORD = "owner";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// A check was reported for the version, and it passed.
  ///
  /// @param ageMax how long a report counts
  public record Reported(String check, Duration ageMax) implements Requirement {
    public static final String WORD = "check";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// The version was tried on a share of the conversations and shown to be good: in an earlier
  /// stage, or in the release itself, which then takes over for all by its verdict only.
  ///
  /// @param ageMax how long a verdict counts
  /// @param environments where it must have been tried, none for anywhere
  /// @param terms by which it must at least have been judged
  public record CanaryPassed(Duration ageMax, List<String> environments, LeastTerms terms)
      implements Requirement {
    public static final String WORD = "canary";

    public CanaryPassed {
      environments = List.copyOf(environments);
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// People agreed with what the version proposed before it acted by itself: in an earlier stage,
  /// or in the release itself, whose version then acts by itself.
  ///
  /// @param environments where it must have proposed, none for anywhere
  /// @param least agreement that opens it
  public record CopilotAgreed(List<String> environments, LeastAgreement least)
      implements Requirement {
    public static final String WORD = "copilot";

    public CopilotAgreed {
      environments = List.copyOf(environments);
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// The version did as the live one on copies of its calls: in an earlier stage, or in the release
  /// itself, whose version then comes into force.
  ///
  /// @param environments where it must have been a shadow, none for anywhere
  /// @param least agreement that opens it
  public record ShadowAgreed(List<String> environments, LeastAgreement least)
      implements Requirement {
    public static final String WORD = "shadow";

    public ShadowAgreed {
      environments = List.copyOf(environments);
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// Nothing moves within these stretches of time.
  public record NoFreeze(List<Freeze> freezes) implements Requirement {
    public static final String WORD = "no-freeze";

    public NoFreeze {
      freezes = List.copyOf(freezes);
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// A stretch of time in which nothing is released.
  ///
  /// @param until its end, exclusive
  public record Freeze(Instant from, Instant until) {
    public boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }
}
