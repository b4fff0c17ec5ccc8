// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.proposal.Proposal.Status;
import dev.steward.control.state.State;
import dev.steward.control.widening.Content;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Resource;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.policy.PreviewApi;
import dev.steward.server.policy.PreviewItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Changes that widen what agents may do or spend where they run: what waits, and the answers of a
/// second person.
public final class ProposalsApi {
  private static final String GROUP = "Proposals";
  private static final String ID = "id";

  private final Control control;
  private final PreviewApi previews;

  public ProposalsApi(Control control, PreviewApi previews) {
    this.control = control;
    this.previews = previews;
  }

  /// The newest first.
  public record ProposalList(List<ChangeProposalItem> items) {}

  /// Why it is accepted or rejected.
  public record ProposalAnswer(@Nullable String reason) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/proposals", Need.READ)
            .about(
                GROUP,
                "Changes that widen what agents may do or spend in canary or production, and so"
                    + " wait for a second person; the newest first.")
            .query("status", "string", "open, accepted or rejected; all without it")
            .gives(ProposalList.class)
            .by(this::list),
        Route.get("/api/v1/proposals/{id}", Need.READ)
            .about(GROUP, "One of them, with what it would change.")
            .gives(ChangeProposalItem.class)
            .by(exchange -> Reply.json(item(exchange))),
        Route.get("/api/v1/proposals/{id}/preview", Need.READ)
            .about(
                GROUP,
                "Decides anew on the tool calls of the runs that began lately as they would be"
                    + " after it. For who may see all runs.")
            .query("days", "integer", "Of runs that began so many days ago at most; 7, up to 90.")
            .gives(PreviewItem.class)
            .by(this::preview),
        answer(
            "accept",
            "Accepts it, as a second person: it acts at once.",
            Command.AcceptChange::new),
        answer("reject", "Rejects it, or takes back one's own.", Command.RejectChange::new));
  }

  private Route answer(String word, String about, BiFunction<String, String, Command> command) {
    return Route.post("/api/v1/proposals/{id}/" + word, Need.READ)
        .about(GROUP, about)
        .takes(ProposalAnswer.class)
        .gives(ChangeProposalItem.class)
        .by(exchange -> {
          // Who may not see it is not told that there is one.
          ChangeProposalItem seen = item(exchange);
          String reason = exchange.json(ProposalAnswer.class).reason();
          control.submit(
              command.apply(seen.id(), reason == null ? "" : reason.strip()),
              exchange.caller().actor());
          return Reply.json(item(exchange));
        });
  }

  private Reply list(Exchange exchange) {
    State state = control.state();
    Optional<Status> wanted = exchange.query("status").map(ProposalsApi::status);
    List<ChangeProposalItem> items = new ArrayList<>();
    for (Proposal proposal : state.proposals().all().reversed()) {
      if (wanted.isEmpty() || proposal.status() == wanted.get()) {
        Content content = Content.of(proposal, state);
        if (sees(exchange.caller(), content)) {
          items.add(ChangeProposalItem.of(proposal, content, state));
        }
      }
    }
    return Reply.json(new ProposalList(items));
  }

  private static Status status(String word) {
    return Status.of(word)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.INVALID, "status is '" + word + "': say open, accepted or rejected"));
  }

  private ChangeProposalItem item(Exchange exchange) {
    State state = control.state();
    Proposal proposal = find(exchange, state);
    return ChangeProposalItem.of(proposal, Content.of(proposal, state), state);
  }

  private static Proposal find(Exchange exchange, State state) {
    String id = exchange.pathParameter(ID);
    return state
        .proposals()
        .find(id)
        .filter(proposal -> sees(exchange.caller(), Content.of(proposal, state)))
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "There is no proposal " + id + ", or it is not yours to see."));
  }

  private static boolean sees(Caller caller, Content content) {
    return content.seenBy(target -> caller.may(Permission.READ, target));
  }

  private Reply preview(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    long days = PreviewApi.days(exchange);
    State now = control.state();
    Proposal proposal = find(exchange, now);
    Content content = Content.of(proposal, now);
    if (content.all().isEmpty() || !proposal.open()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "It does not wait any more, so there is nothing to preview.");
    }
    State proposed = control.foresee(command(content), proposal.by());
    return Reply.json(previews.of(exchange.caller(), now, proposed, days));
  }

  private static Command command(Content content) {
    if (content.toppedUp().isPresent()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "It tops a budget up: no tool call is decided otherwise after it.");
    }
    if (content.deleted().isEmpty()) {
      return new Command.ApplyResources(content.declarations());
    }
    Resource deleted = content.deleted().getFirst();
    return new Command.DeleteResource(deleted.kind(), deleted.name());
  }
}
