// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.domain.ApiException;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Decision.RequireApproval;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.approval.Asking;
import dev.steward.gateway.approval.PeoplesTime;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.judging.Arguments;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Asks people about a proposed call of a tool that runs in the agent's own process. The answer
/// does not wait for them: the model reads what it waits for, and proposes the call again.
final class Agreement {
  private final BiFunction<ToolCall, Facts, Decision> policy;
  private final Optional<ApprovalStep> approvals;
  private final LocalDuties duties;
  private @Nullable Duration waited;
  private @Nullable BigDecimal minutes;

  /// @param policy what is decided on a call
  Agreement(
      BiFunction<ToolCall, Facts, Decision> policy,
      Optional<ApprovalStep> approvals,
      LocalDuties duties) {
    this.policy = policy;
    this.approvals = approvals;
    this.duties = duties;
  }

  /// @param approval id, "" where nobody was asked
  record Answer(Ruling ruling, String approval) {}

  Answer of(
      Proposed call,
      RequireApproval pending,
      Caller caller,
      ToolCall meant,
      ObjectNode arguments,
      Place place,
      Facts facts) {
    if (approvals.isEmpty()) {
      return denied(call, pending.grounds().reason() + ", and nobody can be asked here", "");
    }
    ApprovalStep step = approvals.get();
    Asking asking = new Asking(caller, meant, arguments, place, facts, "", Duration.ZERO);
    try {
      ApprovalEnding ending = step.ask(pending, asking);
      count(step.timeOf(ending.approval()));
      return switch (ending) {
        case ApprovalEnding.Approved approved -> approved(call, step, approved, meant, facts);
        case ApprovalEnding.Waiting waiting ->
            new Answer(
                new Ruling.HoldBack(Refusals.waits(call.name(), waiting.text())),
                waiting.approval());
        case ApprovalEnding.Denied(String approval, String reason) ->
            denied(call, reason, approval);
      };
    } catch (ApiException e) {
      return denied(call, String.valueOf(e.getMessage()), "");
    }
  }

  /// The longest that a call of the answer waited for people, null where none did.
  @Nullable Duration waited() {
    return waited;
  }

  /// What people needed for the answer's calls, null where it is not known.
  @Nullable BigDecimal minutes() {
    return minutes;
  }

  private void count(PeoplesTime time) {
    if (waited == null || time.waited().compareTo(waited) > 0) {
      waited = time.waited();
    }
    if (time.minutes().isPresent()) {
      BigDecimal more = time.minutes().get();
      minutes = minutes == null ? more : minutes.add(more);
    }
  }

  /// Policy decides once more, on the arguments that people agreed to.
  private Answer approved(
      Proposed call,
      ApprovalStep step,
      ApprovalEnding.Approved approved,
      ToolCall meant,
      Facts facts) {
    ObjectNode agreed = approved.arguments();
    ToolCall again =
        new ToolCall(meant.caller(), meant.server(), meant.tool(), Arguments.of(agreed));
    Decision decision = policy.apply(again, facts);
    return switch (step.resumed(approved, decision)) {
      case Verdict.Deny deny -> denied(call, deny.grounds().reason(), approved.approval());
      case Verdict.Allow allow -> {
        Optional<String> broken = duties.broken(allow.grounds(), allow.obligations());
        if (broken.isPresent()) {
          yield denied(call, broken.get(), approved.approval());
        }
        step.used(approved.approval());
        yield new Answer(pass(call, meant, again, agreed), approved.approval());
      }
    };
  }

  private static Ruling pass(Proposed call, ToolCall meant, ToolCall again, ObjectNode agreed) {
    if (meant.arguments().equals(again.arguments())) {
      return new Ruling.Pass();
    }
    return new Ruling.Change(
        call.form() == Proposed.Form.TEXT
            ? agreed.path(ProposedArguments.INPUT).asString("")
            : agreed.toString());
  }

  private static Answer denied(Proposed call, String reason, String approval) {
    return new Answer(new Ruling.HoldBack(Refusals.denied(call.name(), reason)), approval);
  }
}
