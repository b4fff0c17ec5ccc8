// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.judging;

import dev.steward.control.release.Proposing;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Verdict;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks people about calls with effects of a version that proposes and does not act by itself. It
/// only ever tightens what policy says.
public final class Copilot {
  private static final String READ = "read";
  private static final String REASON =
      "the version proposes and does not act by itself yet (copilot)";

  private Copilot() {}

  /// Whether what the version does there must be agreed to.
  ///
  /// @param version digest or its first characters
  public static boolean holds(State state, String agent, String environment, String version) {
    return release(state, agent, environment, version).isPresent();
  }

  private static Optional<ReleaseRecord> release(
      State state, String agent, String environment, String version) {
    return state
        .releases()
        .copilot(agent, environment)
        .filter(
            record -> !version.isEmpty() && record.release().version().hex().startsWith(version));
  }

  /// Whether a call of the tool has effects; one of which nobody says so may have.
  public static boolean acts(State state, String server, String tool) {
    return state
        .find(ToolServer.class, server)
        .flatMap(declared -> declared.tool(tool))
        .filter(declared -> declared.effect().equals(READ))
        .isEmpty();
  }

  /// The decision on a call with effects.
  ///
  /// @param version digest or its first characters
  public static Decision tightened(
      State state, String agent, String environment, String version, Decision decision) {
    Optional<ReleaseRecord> release = release(state, agent, environment, version);
    return release.isEmpty() ? decision : asking(decision, release.get().release().id());
  }

  private static Decision asking(Decision decision, String release) {
    return switch (decision) {
      case Verdict.Deny deny -> deny;
      case Verdict.Allow allow ->
          new Decision.RequireApproval(
              grounds(allow.grounds(), release, REASON),
              List.of(ApprovalTerms.ANYONE),
              allow.obligations());
      case Decision.RequireApproval pending -> {
        List<ApprovalTerms> terms = new ArrayList<>(pending.terms());
        if (!terms.contains(ApprovalTerms.ANYONE)) {
          terms.add(ApprovalTerms.ANYONE);
        }
        yield new Decision.RequireApproval(
            grounds(pending.grounds(), release, pending.grounds().reason() + "; " + REASON),
            terms,
            pending.obligations());
      }
    };
  }

  private static Grounds grounds(Grounds before, String release, String reason) {
    List<RuleName> rules = new ArrayList<>(before.rules());
    rules.add(Proposing.rule(release));
    return new Grounds(rules, reason, before.shadow());
  }
}
