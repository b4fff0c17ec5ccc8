// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.StepName;
import dev.steward.console.frame.Framer;
import dev.steward.console.live.LivePage.Calls;
import dev.steward.console.live.LivePage.Head;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.stop.KillRow;
import dev.steward.console.stop.KillRows;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.live.UpstreamHealth.Health;
import dev.steward.control.state.State;
import dev.steward.domain.Part;
import dev.steward.domain.Percent;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the page of what is in flight, and its parts.
final class LivePages {
  /// Calls that have a row; of more there is a count.
  static final int ROWS_MAX = 50;

  private final ConsoleViews views;
  private final Framer framer;
  private final KillRows kills;

  LivePages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
    this.kills = new KillRows(views, "/live");
  }

  LivePage page(PageRequest request, Reader reader, String done, String wrong) {
    List<KillRow> inForce = inForce(request, reader);
    List<InFlight> flying = calls(reader);
    List<Health> health = health(reader);
    List<Answering> servers = servers(reader);
    String live = CallsFeed.shown(inForce, health, servers).in("/live/live");
    return new LivePage(
        framer.single(request, "Live", "live", List.of(), live),
        head(flying, inForce.size(), health, servers),
        done,
        wrong,
        inForce,
        reader.seesAll() ? providers(request, health) : null,
        servers.stream().map(server -> row(request, server)).toList(),
        shown(request, reader, flying));
  }

  List<InFlight> calls(Reader reader) {
    return kills.calls(reader);
  }

  List<KillRow> inForce(PageRequest request, Reader reader) {
    return kills.inForce(request, reader, framer.moments(request));
  }

  /// What a reader of everything sees of the providers, nothing for others.
  List<Health> health(Reader reader) {
    return reader.seesAll() ? views.live().health().list() : List.of();
  }

  /// What a reader of everything sees of the tool servers and the endpoints, nothing for others.
  List<Answering> servers(Reader reader) {
    List<Answering> all = new ArrayList<>();
    if (reader.seesAll()) {
      State state = views.control().state();
      views.live().servers().list().forEach(server -> all.add(Answering.of(state, server)));
      views.live().endpoints().list().forEach(endpoint -> all.add(Answering.of(endpoint)));
    }
    return all;
  }

  Head head(List<InFlight> calls, int inForce, List<Health> health, List<Answering> servers) {
    Set<String> agents = new HashSet<>();
    for (InFlight call : calls) {
      agents.add(call.subject().agent());
    }
    String title =
        calls.isEmpty()
            ? "No call is in flight"
            : Figures.of(calls.size(), "call", "calls")
                + " in flight, of "
                + Figures.of(agents.size(), "agent", "agents");
    long open = health.stream().filter(h -> h.circuit() == Circuit.OPEN).count();
    List<String> troubles = new ArrayList<>();
    if (inForce > 0) {
      troubles.add(Figures.of(inForce, "kill is", "kills are") + " in force");
    }
    if (open > 0) {
      troubles.add(Figures.of(open, "provider is", "providers are") + " left alone");
    }
    long alone = servers.stream().filter(Answering::alone).count();
    if (alone > 0) {
      troubles.add(
          Figures.of(alone, "tool server or agent is", "tool servers and agents are")
              + " left alone");
    }
    String lede =
        troubles.isEmpty()
            ? "Nothing is killed, and every call that may begin goes through."
            : String.join(", and ", troubles) + ": see below.";
    Mark mark =
        !troubles.isEmpty()
            ? new Mark(Mark.Tone.WARNING, "Held up")
            : calls.isEmpty()
                ? new Mark(Mark.Tone.OK, "Quiet")
                : new Mark(Mark.Tone.RUNNING, "At work");
    return new Head(mark, title, lede);
  }

  ProviderRow row(PageRequest request, Health health) {
    return rows(request).row(health);
  }

  ServerRow row(PageRequest request, Answering server) {
    return new ServerRows(framer.moments(request)).row(server);
  }

  /// The calls that wait for people now.
  HeldCalls held() {
    return new HeldCalls(views.control().state().approvals().open());
  }

  /// @param approval that the call waits for, "" for none
  CallRow row(
      PageRequest request,
      Reader reader,
      InFlight call,
      int place,
      boolean ended,
      String approval) {
    Subject subject = call.subject();
    Selector agent = Selector.agent(subject.agent());
    @Nullable Selector may = ended || subject.run().isEmpty() ? null : mayStop(reader, subject);
    return new CallRow(
        anchor(place),
        ended,
        StepName.words(call.step()),
        subject.agent(),
        "/agents/" + Percent.encoded(subject.agent()),
        subject.model().isEmpty() ? subject.tool() : subject.model(),
        subject.provider(),
        subject.run().isEmpty() ? "" : "/runs/" + Percent.encoded(subject.run()),
        ended || approval.isEmpty() ? "" : "/approvals/" + Percent.encoded(approval),
        framer.moments(request).of(call.since()),
        Figures.count(call.tokens()),
        CostText.of(call.cost()),
        may == null ? null : kills.kill(request.csrf(), "k-" + place, may).shown("Kill"),
        ended || !kills.mayStop(reader, agent)
            ? ""
            : PageUrl.of("/stops").with("selector", agent.toString()).toString());
  }

  /// The call's run, or what of it the reader may stop, null for nothing.
  private @Nullable Selector mayStop(Reader reader, Subject subject) {
    Selector run = Selector.run(subject.run());
    if (kills.mayStop(reader, run)) {
      return run;
    }
    Selector narrow = run.with(Part.AGENT, subject.agent());
    return kills.mayStop(reader, narrow) ? narrow : null;
  }

  static String more(int calls, int rows) {
    return calls <= rows ? "" : "and " + Figures.count(calls - rows) + " more in flight";
  }

  static String anchor(int place) {
    return "call-" + place;
  }

  private Calls shown(PageRequest request, Reader reader, List<InFlight> calls) {
    List<CallRow> rows = new ArrayList<>();
    HeldCalls held = held();
    for (InFlight call : calls.subList(0, Math.min(calls.size(), ROWS_MAX))) {
      rows.add(row(request, reader, call, rows.size(), false, held.of(call)));
    }
    return new Calls(rows, more(calls.size(), rows.size()));
  }

  private LivePage.Providers providers(PageRequest request, List<Health> health) {
    List<ProviderRow> rows = new ArrayList<>();
    for (Health one : health) {
      rows.add(rows(request).row(one));
    }
    return new LivePage.Providers(
        rows,
        rows.isEmpty()
            ? Empty.of(
                "No model provider is declared",
                "Agents call their models through the gateway once one is.",
                new Link("How to declare one", "/settings/providers"))
            : null);
  }

  private ProviderRows rows(PageRequest request) {
    Moments moments = framer.moments(request);
    return new ProviderRows(views.control().state(), views.live().secrets(), moments);
  }
}
