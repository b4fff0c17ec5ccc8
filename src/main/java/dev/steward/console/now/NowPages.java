// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.now;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Framer;
import dev.steward.console.now.NowPage.Card;
import dev.steward.console.now.NowPage.Head;
import dev.steward.console.now.NowPage.Line;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Sparkline;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.domain.Digest;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Findings;
import dev.steward.insight.finding.Gathering;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Way;
import dev.steward.trace.run.AgentActivity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the page of this moment.
public final class NowPages {
  private static final int AGENTS_MAX = 30;
  private static final int NAMED_MAX = 3;

  private final ConsoleViews views;
  private final Framer framer;

  public NowPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  public NowPage page(PageRequest request, Reader reader) {
    Findings.Seen seen = views.findings().look(framer.traces(reader));
    List<AgentActivity> day =
        seen.lately().today().stream()
            .sorted(
                Comparator.comparing((AgentActivity a) -> a.open() == 0)
                    .thenComparing(AgentActivity::runs, Comparator.reverseOrder()))
            .toList();
    List<Finding> mine = seen.concerning(framer.sight(reader));
    List<Finding> wrong = mine.stream().filter(f -> f.severity() != Severity.NOTE).toList();
    Moments moments = framer.moments(request);
    Gathering gathered = Gathering.of(mine);
    Map<String, Finding> worst = worst(wrong);
    List<Line> lines =
        day.stream()
            .limit(AGENTS_MAX)
            .map(a -> line(a, seen.lately().comparable(a), worst, gathered, moments))
            .toList();
    Head head = head(wrong, day);
    List<Card> alarms =
        gathered.findings().stream()
            .filter(f -> f.severity() != Severity.NOTE)
            .map(f -> card(f, moments))
            .toList();
    String live = NowFeed.shown(head, alarms, lines).in("/live/now");
    return new NowPage(
        framer.single(request, "Now", "now", List.of(), live),
        head,
        day.isEmpty() && seen.lately().before().isEmpty() && views.registry().agents().isEmpty(),
        alarms,
        gathered.findings().stream()
            .filter(f -> f.severity() == Severity.NOTE)
            .map(f -> card(f, moments))
            .toList(),
        lines,
        Figures.of(day.size(), "agent", "agents") + " in the last 24 hours",
        day.size() > AGENTS_MAX ? Figures.count(day.size() - AGENTS_MAX) : "");
  }

  private static Head head(List<Finding> wrong, List<AgentActivity> day) {
    long runs = day.stream().mapToLong(AgentActivity::runs).sum();
    long open = day.stream().mapToLong(AgentActivity::open).sum();
    String lived =
        day.isEmpty()
            ? "No agent has run in the last 24 hours."
            : "%s ran %s in the last 24 hours."
                .formatted(
                    Figures.of(day.size(), "agent", "agents"), Figures.of(runs, "time", "times"));
    String working = open == 0 ? "" : Figures.of(open, "run", "runs") + " at work now";
    if (wrong.isEmpty()) {
      return new Head(
          new Mark(Mark.Tone.OK, "Well"), "All is well", lived + " Nothing stands out.", working);
    }
    long grave = wrong.stream().filter(f -> f.severity() == Severity.CRITICAL).count();
    Set<String> whom = new LinkedHashSet<>();
    wrong.stream()
        .filter(f -> grave == 0 || f.severity() == Severity.CRITICAL)
        .forEach(f -> whom.add(f.subject().server() ? "the server" : f.subject().agent()));
    String title =
        named(whom)
            + (whom.size() == 1 ? " needs " : " need ")
            + (grave > 0 ? "somebody now" : "a look");
    String found = Figures.of(wrong.size(), "thing is", "things are") + " not as it should be. ";
    return new Head(
        grave > 0 ? new Mark(Mark.Tone.CRITICAL, "Critical") : new Mark(Mark.Tone.WARNING, "Look"),
        title.startsWith("the server") ? "T" + title.substring(1) : title,
        (wrong.size() == 1 ? found : found.replace("it should", "they should")) + lived,
        working);
  }

  private static String named(Set<String> whom) {
    List<String> names = List.copyOf(whom);
    if (names.size() > NAMED_MAX) {
      return names.getFirst() + " and " + (names.size() - 1) + " others";
    }
    return names.size() == 1
        ? names.getFirst()
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  private static Card card(Finding finding, Moments moments) {
    return new Card(
        anchor(finding.id()),
        mark(finding.severity()),
        finding.title(),
        finding.why(),
        finding.since() == null ? null : moments.of(finding.since()),
        finding.evidence().stream().map(NowPages::link).toList(),
        finding.remedies().stream().filter(w -> w.line().isEmpty()).map(NowPages::link).toList(),
        finding.remedies().stream()
            .filter(w -> !w.line().isEmpty())
            .map(w -> new Link(w.words(), w.line()))
            .toList());
  }

  private static Link link(Way way) {
    return new Link(way.words(), new PageUrl("/" + way.page(), way.filters()).toString());
  }

  private static Mark mark(Severity severity) {
    return switch (severity) {
      case CRITICAL -> new Mark(Mark.Tone.CRITICAL, "Critical");
      case WARNING -> new Mark(Mark.Tone.WARNING, "Warning");
      case NOTE -> new Mark(Mark.Tone.UNKNOWN, "Note");
    };
  }

  private static Line line(
      AgentActivity agent,
      boolean comparable,
      Map<String, Finding> worst,
      Gathering gathered,
      Moments moments) {
    Finding finding = worst.get(agent.agent());
    PageUrl runs = PageUrl.of("/runs").with("agent", agent.agent()).with("range", "24h");
    Mark mark =
        finding != null
            ? mark(finding.severity())
            : agent.open() > 0
                ? new Mark(Mark.Tone.RUNNING, Figures.count(agent.open()) + " working")
                : comparable
                    ? new Mark(Mark.Tone.OK, "As before")
                    : new Mark(Mark.Tone.UNKNOWN, "Too few to compare");
    return new Line(
        "now-" + Digest.of(agent.agent()).hex().substring(0, 12),
        agent.agent(),
        runs.toString(),
        mark,
        finding == null ? "" : anchor(gathered.places().getOrDefault(finding.id(), finding.id())),
        agent.runs(),
        Sparkline.of(agent.runsPerSlice(), "runs by hour"),
        new Rate(Math.min(agent.successes(), agent.withOutcome()), agent.withOutcome()),
        CostText.of(agent.cost()),
        agent.runs() == 0 ? null : moments.of(agent.lastSeen()));
  }

  private static Map<String, Finding> worst(List<Finding> wrong) {
    Map<String, Finding> worst = new HashMap<>();
    for (Finding finding : wrong) {
      worst.putIfAbsent(finding.subject().agent(), finding);
    }
    return worst;
  }

  private static String anchor(String id) {
    return "f-" + Digest.of(id).hex().substring(0, 12);
  }
}
