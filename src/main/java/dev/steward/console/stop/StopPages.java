// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.stop.StopPage.CallRow;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.Reader;
import dev.steward.control.live.InFlight;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the page of the kill switch.
final class StopPages {
  private static final int CALLS_MAX = 100;

  private final ConsoleViews views;
  private final Framer framer;
  private final KillRows kills;

  StopPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
    this.kills = new KillRows(views, "/stops");
  }

  /// @param asked a selector that somebody thinks of killing, null for none
  StopPage page(Visit visit, String done, String wrong, @Nullable String asked) {
    State state = views.control().state();
    Moments moments = framer.moments(visit.request());
    Question question = asked == null || asked.isBlank() ? NOTHING : ask(visit, state, asked);
    List<InFlight> calls = kills.calls(visit.reader());
    return new StopPage(
        framer.single(visit.request(), "Kill switch", "now", List.of(), ""),
        done,
        wrong,
        question.asked(),
        question.kill(),
        question.refused(),
        kills.inForce(visit.request(), visit.reader(), moments),
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
      selector = narrowed(Selector.parse(text), visit.reader());
    } catch (ApiException e) {
      return new Question(text, null, String.valueOf(e.getMessage()));
    }
    String what = selector.plainly();
    if (!kills.mayStop(visit.reader(), selector)) {
      return new Question(
          what,
          null,
          "Your role does not let you kill this. Ask an operator whose role reaches it, or name one"
              + " of your agents, as in agent=NAME.");
    }
    if (state.kills().of(selector).isPresent()) {
      return new Question(what, null, "It is killed already; see below.");
    }
    return new Question(what, kills.kill(visit.request().csrf(), "kill", selector), "");
  }

  /// Somebody who may stop an agent may stop its part of a run.
  private Selector narrowed(Selector selector, Reader reader) {
    String run = selector.value(Part.RUN);
    if (run.isEmpty() || kills.mayStop(reader, selector)) {
      return selector;
    }
    return views
        .traces()
        .run(run)
        .filter(reader::sees)
        .map(found -> selector.with(Part.AGENT, found.agent()))
        .filter(narrow -> kills.mayStop(reader, narrow))
        .orElse(selector);
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
}
