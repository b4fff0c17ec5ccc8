// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.consent;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An approval as one person sees it at one moment.
///
/// @param content whether they may read what was said
/// @param arguments canonical JSON of those to be agreed to, empty when they may not be read or
///   were erased
/// @param original as the agent gave them, where somebody edited them
/// @param why the agent's reason, "" for none or when it may not be read
/// @param refusal why this person's yes would not count, empty when it would
/// @param missing how many more people must agree
public record ApprovalView(
    Approval approval,
    Status status,
    boolean content,
    Optional<String> arguments,
    Optional<String> original,
    String why,
    Optional<String> refusal,
    boolean mayDeny,
    int missing) {

  /// Empty when they may not see it.
  public static Optional<ApprovalView> of(
      State state, Approval approval, Actor viewer, Instant now) {
    Approvers approvers = Approvers.of(state, approval, now);
    Authority authority = state.authority(viewer, now);
    if (!authority.may(Permission.READ, approvers.target())
        && !authority.may(Permission.APPROVE, approvers.target())) {
      return Optional.empty();
    }
    boolean content = authority.may(Permission.READ_CONTENT, approvers.target());
    Optional<JsonNode> asked =
        content ? state.text(approval.text()).map(CanonicalJson::read) : Optional.empty();
    Optional<String> original = asked.map(text -> text.path("arguments").asString());
    Optional<Digest> edited = approval.edited();
    Optional<String> arguments =
        edited.isEmpty() ? original : edited.filter(_ -> content).flatMap(state::text);
    return Optional.of(
        new ApprovalView(
            approval,
            approval.status(now),
            content,
            arguments,
            edited.isEmpty() ? Optional.empty() : original,
            asked.map(text -> text.path("why").asString()).orElse(""),
            approvers.refusal(viewer),
            approvers.mayDeny(viewer),
            Math.max(0, approvers.missing(approval.agreed()))));
  }

  /// Those that they may see, the newest first.
  public static List<ApprovalView> all(State state, Actor viewer, Instant now) {
    List<ApprovalView> views = new ArrayList<>();
    for (Approval approval : state.approvals().all()) {
      of(state, approval, viewer, now).ifPresent(views::add);
    }
    return views.reversed();
  }
}
