// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Mark;
import dev.steward.console.frame.PageUrl;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.settings.Names;
import dev.steward.console.stop.StopPage.CallRow;
import dev.steward.console.stop.StopPage.KillRow;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.Unwritten;
import dev.steward.control.state.Kill;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the page of the kill switch.
final class StopPages {
  private static final int CALLS_MAX = 100;

  private final ConsoleViews views;
  private final Framer framer;

  StopPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  /// @param asked a selector that somebody thinks of killing, null for none
  StopPage page(Visit visit, String done, String wrong, @Nullable String asked) {
    State state = views.control().state();
    Moments moments = framer.moments(visit.request());
    Question question = asked == null || asked.isBlank() ? NOTHING : ask(visit, state, asked);
    List<InFlight> calls = new ArrayList<>();
    for (InFlight call : views.live().calls().list()) {
      if (sees(visit.reader(), call.subject())) {
        calls.add(call);
      }
    }
    return new StopPage(
        framer.single(visit.request(), "Kill switch", "now", List.of(), ""),
        done,
        wrong,
        question.asked(),
        question.kill(),
        question.refused(),
        kills(visit, state, moments),
        calls.stream().limit(CALLS_MAX).map(call -> row(call, moments)).toList(),
        Figures.of(calls.size(), "call", "calls"),
        calls.size() > CALLS_MAX ? Figures.count(calls.size() - CALLS_MAX) : "",
        DrillRow.of(state, moments));
  }

  private static final Question NOTHING = new Question("", null, "");

  private record Question(String asked, @Nullable Deed kill, String refused) {}

  private Question ask(Visit visit, State state, String text) {
    Selector selector;
    try {
      selector = narrowed(Selector.parse(text), visit.reader(), state);
    } catch (ApiException e) {
      return new Question(text, null, String.valueOf(e.getMessage()));
    }
    String what = selector.plainly();
    if (!mayStop(visit.reader(), selector, state)) {
      return new Question(
          what,
          null,
          "Your role does not let you kill this. Ask an operator whose role reaches it, or name one"
              + " of your agents, as in agent=NAME.");
    }
    if (state.kills().of(selector).isPresent()) {
      return new Question(what, null, "It is killed already; see below.");
    }
    return new Question(what, kill(visit, selector, what), "");
  }

  private Deed kill(Visit visit, Selector selector, String what) {
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
        "kill",
        "/stops/kill",
        visit.request().csrf(),
        Map.of("selector", selector.toString()),
        words,
        consequence,
        "Reason, kept in the ledger",
        true);
  }

  /// Somebody who may stop an agent may stop its part of a run.
  private Selector narrowed(Selector selector, Reader reader, State state) {
    String run = selector.value(Part.RUN);
    if (run.isEmpty() || mayStop(reader, selector, state)) {
      return selector;
    }
    return views
        .traces()
        .run(run)
        .filter(reader::sees)
        .map(found -> selector.with(Part.AGENT, found.agent()))
        .filter(narrow -> mayStop(reader, narrow, state))
        .orElse(selector);
  }

  private List<KillRow> kills(Visit visit, State state, Moments moments) {
    List<KillRow> rows = new ArrayList<>();
    for (Unwritten waiting : views.live().stops().unwritten()) {
      if (seesKill(visit.reader(), waiting.kill(), state)) {
        rows.add(
            new KillRow(
                waiting.kill().selector().plainly(),
                waiting.command().reason(),
                new Mark(Mark.Tone.CRITICAL, "Not in the ledger"),
                "It blocks, and is lost if the server stops: " + waiting.trouble(),
                moments.of(waiting.kill().at()),
                Names.actor(waiting.actor(), state),
                null));
      }
    }
    List<Kill> kills = new ArrayList<>(state.kills().all());
    kills.sort(Comparator.comparing(Kill::at).reversed());
    for (Kill kill : kills) {
      if (seesKill(visit.reader(), kill, state)) {
        rows.add(row(visit, kill, state, moments));
      }
    }
    return rows;
  }

  private static KillRow row(Visit visit, Kill kill, State state, Moments moments) {
    Optional<Kill.Proposal> proposal = kill.proposal();
    return new KillRow(
        kill.selector().plainly(),
        state.text(kill.reason()).orElse("erased"),
        proposal.isPresent()
            ? new Mark(Mark.Tone.WAITING, "Waits for a second person")
            : new Mark(Mark.Tone.CRITICAL, "Killed"),
        proposal
            .map(p ->
                Names.actor(p.by(), state)
                    + " proposed to restore it: "
                    + state.text(p.reason()).orElse("erased"))
            .orElse(""),
        moments.of(kill.at()),
        Names.actor(kill.by(), state),
        mayStop(visit.reader(), kill.selector(), state) ? restore(visit, kill) : null);
  }

  private static Deed restore(Visit visit, Kill kill) {
    boolean second = kill.secondPerson() && kill.proposal().isEmpty();
    return new Deed(
            kill.id(),
            "/stops/restore",
            visit.request().csrf(),
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

  private static CallRow row(InFlight call, Moments moments) {
    Subject subject = call.subject();
    return new CallRow(
        call.step(),
        subject.agent(),
        subject.model().isEmpty() ? subject.tool() : subject.model(),
        moments.of(call.since()),
        Figures.count(call.tokens()),
        CostText.of(call.cost()),
        subject.run().isEmpty()
            ? ""
            : PageUrl.of("/stops").with("selector", "run=" + subject.run()).toString());
  }

  private static boolean mayStop(Reader reader, Selector selector, State state) {
    return reader.rights().may(Permission.STOP, Scopes.of(selector, state::team));
  }

  /// A kill of more than one team's agents concerns every reader.
  private static boolean seesKill(Reader reader, Kill kill, State state) {
    Target target = Scopes.of(kill.selector(), state::team);
    return (target.agent().isEmpty() && target.team().isEmpty())
        || reader.sees(target.agent(), target.team(), Set.of(target.environment()));
  }

  private static boolean sees(Reader reader, Subject subject) {
    String team = subject.labels().getOrDefault("team", "");
    return reader.sees(subject.agent(), team, Set.of(subject.environment()));
  }
}
