// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.approval;

import dev.steward.control.approval.Answer;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.PlainWords;
import dev.steward.control.approval.Question;
import dev.steward.control.consent.ApprovalView;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.State;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.server.shape.ActorItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A call that people are or were asked to agree to.
///
/// @param status pending, approved, denied, expired or used
/// @param wish what would happen, in one sentence
/// @param consequence what a yes brings about
/// @param run null when not known
/// @param effect of the tool, "" when it declares none
/// @param arguments to be agreed to; null where the caller may not read content, or once erased
/// @param originalArguments as the agent gave them, where somebody edited them
/// @param argumentsDigest SHA-256 of the canonical JSON of the arguments, null where the caller may
///   not read content: short arguments could be guessed from it
/// @param why the agent's reason, null where the caller may not read content
/// @param rules that asked, as policy/rule
/// @param spent by the run before the call, null when not known
/// @param cost the most that the call can cost, null when not known
/// @param waitedMs from the request to the answer that decided, or until now
/// @param reviewMinutes of all who answered, null when not known
/// @param missing how many more people must agree
/// @param mayApprove whether the caller's yes would count
/// @param refusal why it would not, null when it would
public record ApprovalItem(
    String id,
    String status,
    String wish,
    String consequence,
    String agent,
    String version,
    String environment,
    @Nullable String run,
    String traceId,
    String conversation,
    String server,
    String tool,
    String effect,
    @Nullable JsonNode arguments,
    @Nullable JsonNode originalArguments,
    @Nullable String argumentsDigest,
    @Nullable String why,
    List<String> rules,
    String reason,
    List<TermsItem> terms,
    long steps,
    @Nullable String spent,
    @Nullable String cost,
    Instant requestedAt,
    Instant expiresAt,
    Instant changedAt,
    long waitedMs,
    @Nullable BigDecimal reviewMinutes,
    int missing,
    boolean mayApprove,
    @Nullable String refusal,
    List<AnswerItem> answers) {

  /// Who must agree.
  ///
  /// @param fourEyes whether who asked for the run may not be one of them
  public record TermsItem(List<String> approvers, int count, boolean fourEyes) {}

  /// What one person said.
  ///
  /// @param answer approve or deny
  /// @param edited whether it changed the arguments
  /// @param reason null once erased
  /// @param minutes null when not known
  public record AnswerItem(
      ActorItem by,
      String answer,
      boolean edited,
      Instant at,
      @Nullable String reason,
      @Nullable BigDecimal minutes) {}

  static ApprovalItem of(ApprovalView view, State state, Instant now) {
    Approval approval = view.approval();
    BoundCall call = approval.call();
    Question question = approval.question();
    return new ApprovalItem(
        approval.id(),
        view.status().word(),
        PlainWords.wish(approval),
        PlainWords.consequence(approval),
        call.agent(),
        question.version(),
        call.environment(),
        unlessEmpty(call.run()),
        question.traceId(),
        question.conversation(),
        call.server(),
        call.tool(),
        question.effect(),
        view.arguments().map(CanonicalJson::read).orElse(null),
        view.original().map(CanonicalJson::read).orElse(null),
        view.content() ? approval.arguments().hex() : null,
        view.content() ? view.why() : null,
        question.rules(),
        question.reason(),
        terms(question),
        question.steps(),
        unlessEmpty(question.spent()),
        unlessEmpty(question.cost()),
        approval.at(),
        approval.expiresAt(),
        approval.changedAt(now),
        approval.waited(now).toMillis(),
        approval.minutes().orElse(null),
        view.missing(),
        view.refusal().isEmpty(),
        view.refusal().orElse(null),
        answers(approval, state));
  }

  private static List<TermsItem> terms(Question question) {
    List<TermsItem> items = new ArrayList<>();
    for (ApprovalTerms terms : question.terms()) {
      items.add(new TermsItem(terms.approvers(), terms.count(), terms.fourEyes()));
    }
    return items;
  }

  private static List<AnswerItem> answers(Approval approval, State state) {
    List<AnswerItem> items = new ArrayList<>();
    for (Answer answer : approval.answers()) {
      items.add(
          new AnswerItem(
              ActorItem.of(answer.by()),
              answer.approve() ? "approve" : "deny",
              answer.edited() != null,
              answer.at(),
              state.text(answer.reason()).orElse(null),
              answer.minutes()));
    }
    return items;
  }

  private static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
