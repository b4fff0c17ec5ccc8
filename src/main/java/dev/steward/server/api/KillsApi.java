// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.live.Stopped;
import dev.steward.control.live.Unwritten;
import dev.steward.control.state.Kill;
import dev.steward.control.state.State;
import dev.steward.domain.Selector;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import dev.steward.server.shape.SelectorItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The kill switch.
public final class KillsApi {
  private static final String GROUP = "Kill switch";

  private final Control control;
  private final KillSwitch stops;
  private final Supplier<String> ids;

  public KillsApi(Control control, KillSwitch stops, Supplier<String> ids) {
    this.control = control;
    this.stops = stops;
    this.ids = ids;
  }

  /// A kill that is wanted.
  public record KillRequest(SelectorItem selector, String reason) {}

  /// A kill in force.
  ///
  /// @param meaning the selector in plain words
  /// @param written as the commands take a selector
  /// @param reason null once erased
  /// @param secondPerson whether two people must want it gone
  /// @param proposal who wants it gone and waits for a second person, null when nobody does
  /// @param recorded whether it is in the ledger and so survives a restart
  /// @param trouble why it is not recorded yet, null when it is
  /// @param cut how many calls in flight it cut, told only when it is placed
  public record KillItem(
      String id,
      SelectorItem selector,
      String meaning,
      String written,
      @Nullable String reason,
      Instant at,
      ActorItem by,
      boolean secondPerson,
      @Nullable ProposalItem proposal,
      boolean recorded,
      @Nullable String trouble,
      @Nullable Integer cut) {}

  /// A wish to restore.
  public record ProposalItem(ActorItem by, Instant at, @Nullable String reason) {}

  /// The newest first.
  public record KillList(List<KillItem> items) {}

  /// Why something is restored.
  public record RestoreRequest(String reason) {}

  /// How a wish to restore ended.
  ///
  /// @param restored false while it waits for a second person
  public record RestoreItem(String id, boolean restored, @Nullable ProposalItem proposal) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/kills", Need.READ)
            .about(GROUP, "Kills in force, the newest first.")
            .gives(KillList.class)
            .by(this::list),
        Route.post("/api/v1/kills", Need.of(Permission.STOP))
            .about(
                GROUP,
                "Cuts the calls in flight that the selector means and refuses new ones, until"
                    + " restored.")
            .takes(KillRequest.class)
            .gives(KillItem.class)
            .status(201)
            .by(this::kill),
        Route.post("/api/v1/kills/{id}/restore", Need.of(Permission.STOP))
            .about(
                GROUP,
                "Lets the calls begin again. Of everything, or of a high-risk agent, the first"
                    + " person only proposes it and a second completes it.")
            .takes(RestoreRequest.class)
            .gives(RestoreItem.class)
            .by(this::restore));
  }

  private Reply list(Exchange exchange) {
    State state = control.state();
    List<KillItem> items = new ArrayList<>();
    for (Unwritten waiting : stops.unwritten()) {
      items.add(item(waiting, state));
    }
    for (Kill kill : state.kills().all()) {
      if (items.stream().noneMatch(item -> item.id().equals(kill.id()))) {
        items.add(item(kill, state, text(state, kill), null, null));
      }
    }
    Caller caller = exchange.caller();
    items.removeIf(item -> !maySee(caller, item.selector().selector(), state));
    items.sort(Comparator.comparing(KillItem::at).reversed());
    return Reply.json(new KillList(items));
  }

  private Reply kill(Exchange exchange) {
    KillRequest wanted = exchange.json(KillRequest.class);
    SelectorItem named = wanted.selector() == null ? SelectorItem.NOTHING : wanted.selector();
    String reason = wanted.reason() == null ? "" : wanted.reason();
    Stopped stopped =
        stops.kill(
            new Command.Kill(ids.get(), named.selector(), reason), exchange.caller().actor());
    State state = control.state();
    String shown = stopped.written() ? text(state, stopped.kill()) : reason;
    String trouble = stopped.written() ? null : stopped.trouble();
    return Reply.json(201, item(stopped.kill(), state, shown, trouble, stopped.cut()));
  }

  private Reply restore(Exchange exchange) {
    String id = exchange.pathParameter("id");
    RestoreRequest wanted = exchange.json(RestoreRequest.class);
    String reason = wanted.reason() == null ? "" : wanted.reason();
    stops.restore(new Command.Restore(id, reason), exchange.caller().actor());
    State state = control.state();
    Optional<Kill> left = stops.find(id);
    return Reply.json(
        new RestoreItem(id, left.isEmpty(), left.map(kill -> proposal(kill, state)).orElse(null)));
  }

  /// A kill of more than one team's agents concerns every reader.
  private static boolean maySee(Caller caller, Selector selector, State state) {
    Target target = Scopes.of(selector, state::team);
    return (target.agent().isEmpty() && target.team().isEmpty())
        || caller.may(Permission.READ, target)
        || caller.may(Permission.READ, Target.agent(target.agent(), target.team()));
  }

  private static KillItem item(Unwritten waiting, State state) {
    return item(waiting.kill(), state, waiting.command().reason(), waiting.trouble(), null);
  }

  private static KillItem item(
      Kill kill,
      State state,
      @Nullable String reason,
      @Nullable String trouble,
      @Nullable Integer cut) {
    return new KillItem(
        kill.id(),
        SelectorItem.of(kill.selector()),
        kill.selector().plainly(),
        kill.selector().toString(),
        reason,
        kill.at(),
        ActorItem.of(kill.by()),
        kill.secondPerson(),
        proposal(kill, state),
        trouble == null,
        trouble,
        cut);
  }

  private static @Nullable ProposalItem proposal(Kill kill, State state) {
    return kill.proposal()
        .map(p ->
            new ProposalItem(ActorItem.of(p.by()), p.at(), state.text(p.reason()).orElse(null)))
        .orElse(null);
  }

  private static @Nullable String text(State state, Kill kill) {
    return state.text(kill.reason()).orElse(null);
  }
}
