// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.proposal;

import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.proposal.ProposalsPage.Card;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.state.State;
import dev.steward.control.widening.Content;
import dev.steward.domain.ApiException;
import java.util.ArrayList;
import java.util.List;

/// `/proposals` and `/proposals/{id}`: changes that wait for a second person.
public final class ProposalsSection implements Section {
  private static final int ENDED_MAX = 50;

  private final ConsoleViews views;
  private final Framer framer;

  public ProposalsSection(ConsoleViews views, Pages pages) {
    this.views = views;
    this.framer = pages.framer();
  }

  @Override
  public String segment() {
    return "proposals";
  }

  /// How many wait that the reader may see.
  public static int waiting(State state, Reader reader) {
    int waiting = 0;
    for (Proposal proposal : state.proposals().open()) {
      if (sees(reader, Content.of(proposal, state))) {
        waiting++;
      }
    }
    return waiting;
  }

  @Override
  public PageResponse get(Visit visit) {
    return switch (visit.depth()) {
      case 0 -> visit.html("proposals", all(visit));
      case 1 -> page(visit, visit.path().getFirst(), 200, "", "");
      default -> visit.notFound();
    };
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 2) {
      return visit.notFound();
    }
    String id = visit.path().getFirst();
    String reason = visit.field("reason");
    boolean accept = visit.path().getLast().equals("accept");
    State state = views.control().state();
    boolean there =
        state
            .proposals()
            .find(id)
            .filter(proposal -> sees(visit.reader(), Content.of(proposal, state)))
            .isPresent();
    if (!there || (!accept && !visit.path().getLast().equals("reject"))) {
      return visit.notFound();
    }
    try {
      views
          .control()
          .submit(
              accept ? new Command.AcceptChange(id, reason) : new Command.RejectChange(id, reason),
              visit.reader().actor());
      return page(visit, id, 200, accept ? "It is accepted, and acts." : "It is rejected.", "");
    } catch (ApiException e) {
      return page(visit, id, e.code().httpStatus(), "", String.valueOf(e.getMessage()));
    }
  }

  private ProposalsPage all(Visit visit) {
    State state = views.control().state();
    ProposalCards cards = new ProposalCards(visit, state, framer.moments(visit.request()));
    List<Card> shown = new ArrayList<>();
    List<Card> ended = new ArrayList<>();
    for (Proposal proposal : state.proposals().all().reversed()) {
      Content content = Content.of(proposal, state);
      if (!sees(visit.reader(), content)) {
        continue;
      }
      if (proposal.open()) {
        shown.add(cards.card(proposal, content));
      } else if (ended.size() < ENDED_MAX) {
        ended.add(cards.card(proposal, content));
      }
    }
    shown.addAll(ended);
    return new ProposalsPage(
        framer.single(
            visit.request(),
            "Proposals",
            "policies",
            List.of(new Crumb("Policies", "/policies")),
            ""),
        "Proposals",
        "A change of policies, tool servers, budgets or people that lets agents do or spend more in"
            + " canary or production waits here for a second person. What narrows acts at once.",
        "",
        "",
        shown,
        shown.isEmpty()
            ? Empty.of(
                "No change waits for a second person",
                "steward apply tells when one does, and steward proposals lists them.")
            : null);
  }

  private PageResponse page(Visit visit, String id, int status, String done, String wrong) {
    State state = views.control().state();
    return state
        .proposals()
        .find(id)
        .filter(proposal -> sees(visit.reader(), Content.of(proposal, state)))
        .<PageResponse>map(proposal ->
            new PageResponse.Html(
                status,
                visit
                    .pages()
                    .templates()
                    .render("proposals", one(visit, state, proposal, done, wrong))))
        .orElseGet(visit::notFound);
  }

  private ProposalsPage one(
      Visit visit, State state, Proposal proposal, String done, String wrong) {
    return new ProposalsPage(
        framer.single(
            visit.request(),
            proposal.id(),
            "policies",
            List.of(new Crumb("Policies", "/policies"), new Crumb("Proposals", "/proposals")),
            ""),
        "A change",
        "It widens what agents may do or spend where they run.",
        done,
        wrong,
        List.of(
            new ProposalCards(visit, state, framer.moments(visit.request()))
                .card(proposal, Content.of(proposal, state))),
        null);
  }

  private static boolean sees(Reader reader, Content content) {
    return content.seenBy(target -> reader.rights().may(Permission.READ, target));
  }
}
