// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.approval.BoundCall;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.agent.Admission.Between;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.approval.Asking;
import dev.steward.gateway.approval.CuttableAsking;
import dev.steward.gateway.approval.PeoplesTime;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Asks people about a call between agents that policy allows only with their agreement.
final class AgentConsent {
  private static final Duration HOLD_MAX = Duration.ofSeconds(45);

  /// RFC 7240, section 4.3.
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,6})");

  private final Supplier<State> state;
  private final Admission admission;
  private final ApprovalStep approvals;

  AgentConsent(Supplier<State> state, Admission admission, ApprovalStep approvals) {
    this.state = state;
    this.admission = admission;
    this.approvals = approvals;
  }

  /// What people have said.
  sealed interface Consent {
    /// @param approval to be used up
    record Given(String approval) implements Consent {}

    record Waits(ApprovalEnding.Waiting waiting) implements Consent {}
  }

  /// @throws RefusedException DENIED, TOO_LARGE, STOPPING
  Consent of(
      Between between,
      Decision.RequireApproval pending,
      AgentAsked asked,
      AgentRecord record,
      Cuttable cuttable) {
    ObjectNode wish = asked.form().wish(asked.body().whole());
    Asking asking =
        new Asking(
            between.caller(),
            new ToolCall(admission.known(between), BoundCall.AGENT, between.callee(), Map.of()),
            wish,
            between.place(),
            admission.facts(between.place()),
            "",
            hold(asked));
    ApprovalEnding ending = CuttableAsking.ask(approvals, pending, asking, cuttable);
    PeoplesTime time = approvals.timeOf(ending.approval());
    record.approval(ending.approval(), time.waited(), time.minutes().orElse(null));
    return switch (ending) {
      case ApprovalEnding.Waiting waiting -> new Consent.Waits(waiting);
      case ApprovalEnding.Denied(var _, var reason) -> throw refused(reason);
      case ApprovalEnding.Approved approved -> {
        if (!approved.arguments().equals(wish)) {
          throw refused("the call was agreed to in other words than those it was made with");
        }
        // People took their time, and policy may have changed.
        Decision again = admission.decided(state.get(), between);
        Verdict verdict = approvals.resumed(approved, again);
        record.decided(verdict);
        yield switch (verdict) {
          case Verdict.Allow _ -> new Consent.Given(approved.approval());
          case Verdict.Deny deny -> throw Admission.denied(deny, between);
        };
      }
    };
  }

  /// Uses the approval up, so that no other call can be made with it.
  ///
  /// @throws RefusedException STOPPING where it was used before or that cannot be kept
  void use(String approval) {
    try {
      approvals.used(approval);
    } catch (ApiException e) {
      throw new RefusedException(
          Refusal.of(Refusal.Kind.STOPPING, "The agent was not asked: " + e.getMessage() + "."), e);
    }
  }

  /// How long the client says that it waits for people.
  private static Duration hold(AgentAsked asked) {
    Matcher wait = WAIT.matcher(asked.header("Prefer", 200));
    if (!wait.find()) {
      return Duration.ZERO;
    }
    Duration wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
    return wanted.compareTo(HOLD_MAX) < 0 ? wanted : HOLD_MAX;
  }

  private static RefusedException refused(String reason) {
    return new RefusedException(Refusal.of(Refusal.Kind.DENIED, reason));
  }
}
