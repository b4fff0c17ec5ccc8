// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.proposal;

import dev.steward.console.format.Moments;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Mark;
import dev.steward.console.proposal.ProposalsPage.Card;
import dev.steward.console.proposal.ProposalsPage.Field;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.TreeDiff;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.control.widening.Content;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one proposal a card.
record ProposalCards(Visit visit, State state, Moments moments) {
  private static final int TEXT_MAX = 2_000;

  Card card(Proposal proposal, Content content) {
    return new Card(
        proposal.id(),
        "/proposals/" + proposal.id(),
        title(content),
        mark(proposal),
        proposal.course(),
        ActorName.of(proposal.by(), state),
        moments.of(proposal.at()),
        proposal.widens(),
        proposal.narrows(),
        fields(content),
        proposal.open() && visit.reader().seesAll() ? yaml(content) : "",
        proposal.open() ? deeds(proposal) : List.of(),
        answer(proposal));
  }

  private static String title(Content content) {
    List<String> names = new ArrayList<>();
    for (Resource resource : content.declared()) {
      names.add(resource.kind() + " " + resource.name());
    }
    for (Resource resource : content.deleted()) {
      names.add("delete " + resource.kind() + " " + resource.name());
    }
    content.toppedUp().ifPresent(more -> names.add("top up Budget " + more.budget().name()));
    return names.isEmpty() ? "What was erased" : String.join(", ", names);
  }

  private static Mark mark(Proposal proposal) {
    return switch (proposal.status()) {
      case OPEN -> new Mark(Mark.Tone.WAITING, "Waits for a second person");
      case ACCEPTED -> new Mark(Mark.Tone.OK, "Accepted");
      case REJECTED -> new Mark(Mark.Tone.UNKNOWN, "Rejected");
    };
  }

  private List<Field> fields(Content content) {
    List<Field> fields = new ArrayList<>();
    for (Resource resource : content.declared()) {
      String name = resource.kind() + " " + resource.name();
      Optional<Resource> before = state.find(resource.kind(), resource.name());
      if (before.isEmpty()) {
        fields.add(new Field(name, "all of it", "", shortened(Manifests.yaml(resource))));
        continue;
      }
      for (FieldDiff diff : TreeDiff.of(before.get(), resource)) {
        fields.add(new Field(name, diff.path(), shortened(diff.before()), shortened(diff.after())));
      }
    }
    for (Resource resource : content.deleted()) {
      fields.add(
          new Field(
              resource.kind() + " " + resource.name(),
              "all of it",
              shortened(Manifests.yaml(resource)),
              ""));
    }
    content
        .toppedUp()
        .ifPresent(more ->
            fields.add(
                new Field(
                    "Budget " + more.budget().name(),
                    "added to the window " + more.window().period(),
                    "",
                    more.amount().toPlainString()
                        + " "
                        + more.window().unit()
                        + ": "
                        + more.reason())));
    return fields;
  }

  /// What policies can be previewed with: recorded calls are decided on by rules and tools.
  private static String yaml(Content content) {
    List<String> documents = new ArrayList<>();
    for (Resource resource : content.declared()) {
      if (resource instanceof Policy || resource instanceof ToolServer) {
        documents.add(Manifests.yaml(resource));
      }
    }
    return String.join("---\n", documents);
  }

  private List<Deed> deeds(Proposal proposal) {
    return List.of(
        deed(
            proposal,
            "accept",
            "Accept this change",
            "It acts at once, as it is shown here. Whoever proposed it cannot accept it.",
            false),
        deed(proposal, "reject", "Reject this change", "Nothing of it ever acts.", true));
  }

  private Deed deed(
      Proposal proposal, String word, String words, String consequence, boolean danger) {
    return new Deed(
        word + "-" + proposal.id(),
        "/proposals/" + proposal.id() + "/" + word,
        visit.request().csrf(),
        Map.of(),
        words,
        consequence,
        "Why",
        danger);
  }

  private String answer(Proposal proposal) {
    Proposal.Answer answer = proposal.answer();
    return answer == null
        ? ""
        : (answer.accepted() ? "Accepted by " : "Rejected by ")
            + ActorName.of(answer.by(), state)
            + ": "
            + state.text(answer.reason()).orElse("a reason that was erased");
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }
}
