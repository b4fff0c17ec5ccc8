// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import dev.steward.control.manifest.Manifests;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.TreeDiff;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.state.State;
import dev.steward.control.widening.Content;
import dev.steward.control.widening.MoreMoney;
import dev.steward.domain.resource.Resource;
import dev.steward.server.shape.ActorItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A change that waits for a second person, or did.
///
/// @param status open, accepted or rejected
/// @param course expansion, or mixed where it narrows something as well
/// @param widens what agents that run in canary or production could do or spend more
/// @param narrows what less
/// @param changes what it would do to each resource; of one that ended, beside what is declared now
/// @param answer how it ended, null while it waits
public record ChangeProposalItem(
    String id,
    String status,
    String course,
    Instant at,
    ActorItem by,
    List<String> widens,
    List<String> narrows,
    List<ProposedResource> changes,
    @Nullable ProposalEnd answer) {

  /// What it would do to one resource.
  ///
  /// @param change created, changed, deleted or topped-up
  /// @param manifest as it would be declared, as YAML; "" where it is deleted or topped up
  public record ProposedResource(
      String kind, String name, String change, List<FieldDiff> fields, String manifest) {}

  /// How it ended.
  ///
  /// @param reason "" once erased
  public record ProposalEnd(boolean accepted, Instant at, ActorItem by, String reason) {}

  static ChangeProposalItem of(Proposal proposal, Content content, State state) {
    List<ProposedResource> changes = new ArrayList<>();
    for (Resource resource : content.declared()) {
      Optional<Resource> before = state.find(resource.kind(), resource.name());
      changes.add(
          new ProposedResource(
              resource.kind(),
              resource.name(),
              before.isEmpty() ? "created" : "changed",
              before.map(now -> TreeDiff.of(now, resource)).orElse(List.of()),
              Manifests.yaml(resource)));
    }
    for (Resource resource : content.deleted()) {
      changes.add(new ProposedResource(resource.kind(), resource.name(), "deleted", List.of(), ""));
    }
    content.toppedUp().ifPresent(more -> changes.add(more(more)));
    Proposal.Answer answer = proposal.answer();
    return new ChangeProposalItem(
        proposal.id(),
        proposal.status().word(),
        proposal.course(),
        proposal.at(),
        ActorItem.of(proposal.by()),
        proposal.widens(),
        proposal.narrows(),
        changes,
        answer == null
            ? null
            : new ProposalEnd(
                answer.accepted(),
                answer.at(),
                ActorItem.of(answer.by()),
                state.text(answer.reason()).orElse("")));
  }

  private static ProposedResource more(MoreMoney more) {
    FieldDiff added =
        new FieldDiff(
            "added to the window " + more.window().period(),
            "",
            more.amount().toPlainString() + " " + more.window().unit() + ": " + more.reason());
    return new ProposedResource(
        more.budget().kind(), more.budget().name(), "topped-up", List.of(added), "");
  }
}
