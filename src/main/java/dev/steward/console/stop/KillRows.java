// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Mark;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.Unwritten;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.Kill;
import dev.steward.control.state.State;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kills in force and the buttons that kill and restore, for any page that shows them.
///
/// @param page address of the page, under which `kill` and `restore` are posted
public record KillRows(ConsoleViews views, String page) {

  /// The newest first, of those that concern the reader; before them what is not written yet.
  public List<KillRow> inForce(PageRequest request, Reader reader, Moments moments) {
    State state = views.control().state();
    List<KillRow> rows = new ArrayList<>();
    for (Unwritten waiting : views.live().stops().unwritten()) {
      if (concerns(reader, waiting.kill(), state)) {
        rows.add(
            new KillRow(
                waiting.kill().selector().plainly(),
                waiting.command().reason(),
                new Mark(Mark.Tone.CRITICAL, "Not in the ledger"),
                "It blocks, and is lost if the server stops: " + waiting.trouble(),
                moments.of(waiting.kill().at()),
                ActorName.of(waiting.actor(), state),
                null));
      }
    }
    List<Kill> kills = new ArrayList<>(state.kills().all());
    kills.sort(Comparator.comparing(Kill::at).reversed());
    for (Kill kill : kills) {
      if (concerns(reader, kill, state)) {
        rows.add(row(request, reader, kill, state, moments));
      }
    }
    return rows;
  }

  /// The button that kills, with how many calls it cuts now.
  ///
  /// @param id unique on the page
  public Deed kill(String csrf, String id, Selector selector) {
    String what = selector.plainly();
    int flying = views.live().calls().count(selector);
    String words =
        flying == 0
            ? "Kill " + what + " and refuse new calls"
            : "Kill "
                + Figures.of(flying, "call", "calls")
                + " in flight of "
                + what
                + " and refuse new ones";
    String consequence =
        (flying == 0
                ? "No call is in flight now. "
                : Figures.of(flying, "call is", "calls are")
                    + " cut at once; what the agent asked for is lost. ")
            + "Every new call is refused until somebody restores it, also after a restart."
            + (selector.everything() ? " Restoring needs two people." : "");
    return new Deed(
        id,
        page + "/kill",
        csrf,
        Map.of("selector", selector.toString()),
        words,
        consequence,
        "Reason, kept in the ledger",
        true);
  }

  /// Whether the reader may kill that.
  public boolean mayStop(Reader reader, Selector selector) {
    return mayStop(reader, selector, views.control().state());
  }

  /// The calls in flight that the reader may see, the longest running first.
  public List<InFlight> calls(Reader reader) {
    List<InFlight> calls = new ArrayList<>();
    for (InFlight call : views.live().calls().list()) {
      if (sees(reader, call.subject())) {
        calls.add(call);
      }
    }
    return calls;
  }

  private KillRow row(PageRequest request, Reader reader, Kill kill, State state, Moments moments) {
    Optional<Kill.Proposal> proposal = kill.proposal();
    return new KillRow(
        kill.selector().plainly(),
        state.text(kill.reason()).orElse("erased"),
        proposal.isPresent()
            ? new Mark(Mark.Tone.WAITING, "Waits for a second person")
            : new Mark(Mark.Tone.CRITICAL, "Killed"),
        proposal
            .map(p ->
                ActorName.of(p.by(), state)
                    + " proposed to restore it: "
                    + state.text(p.reason()).orElse("erased"))
            .orElse(""),
        moments.of(kill.at()),
        ActorName.of(kill.by(), state),
        mayStop(reader, kill.selector(), state) ? restore(request, kill) : null);
  }

  /// The button that restores exactly that, empty where it is not killed or the reader may not.
  public Optional<Deed> restore(PageRequest request, Reader reader, Selector selector) {
    State state = views.control().state();
    return state
        .kills()
        .of(selector)
        .filter(_ -> mayStop(reader, selector, state))
        .map(kill -> restore(request, kill));
  }

  private Deed restore(PageRequest request, Kill kill) {
    boolean second = kill.secondPerson() && kill.proposal().isEmpty();
    return new Deed(
            kill.id(),
            page + "/restore",
            request.csrf(),
            Map.of("id", kill.id()),
            "Restore " + kill.selector().plainly(),
            second
                ? "This needs two people: you propose it, and it is restored once a second person"
                    + " agrees."
                : "New calls go through from then on. Calls that were cut stay cut.",
            "Reason, kept in the ledger",
            false)
        .shown(second ? "Propose to restore" : "Restore");
  }

  private static boolean mayStop(Reader reader, Selector selector, State state) {
    return reader.rights().may(Permission.STOP, Scopes.of(selector, state::team));
  }

  /// A kill of more than one team's agents concerns every reader.
  private static boolean concerns(Reader reader, Kill kill, State state) {
    Target target = Scopes.of(kill.selector(), state::team);
    return (target.agent().isEmpty() && target.team().isEmpty())
        || reader.sees(target.agent(), target.team(), Set.of(target.environment()));
  }

  private static boolean sees(Reader reader, Subject subject) {
    String team = subject.labels().getOrDefault("team", "");
    return reader.sees(subject.agent(), team, Set.of(subject.environment()));
  }
}
