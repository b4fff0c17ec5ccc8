// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.signal;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.signal.AgentSignalsPage.Cell;
import dev.steward.console.signal.AgentSignalsPage.Row;
import dev.steward.console.signal.AgentSignalsPage.WindowRow;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Agent.Worth;
import dev.steward.insight.window.Count;
import dev.steward.insight.window.SignalBook;
import dev.steward.insight.window.SignalBook.Part;
import dev.steward.insight.window.SignalBook.Width;
import dev.steward.insight.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Makes the page of an agent's signals.
public record AgentSignalPages(Framer framer, SignalBook book) {
  private static final Duration HOURS_MAX = Duration.ofDays(3);
  private static final int VERSIONS_MAX = 3;
  private static final int WINDOWS_MAX = 100;

  /// @param back address of the agent's page
  public AgentSignalsPage page(PageRequest request, Reader reader, AgentFacts facts, String back) {
    Moments moments = framer.moments(request);
    TimeRange range = facts.range();
    Instant now = moments.now();
    Instant to = range.to().isBefore(now) ? range.to() : now;
    Width width =
        range.bounded() && Duration.between(range.from(), to).compareTo(HOURS_MAX) <= 0
            ? Width.HOUR
            : Width.DAY;
    List<Part> parts =
        book.parts(
            facts.name(),
            where -> seen(reader, facts, where),
            width,
            range.from(),
            to.plusMillis(1));
    Window all = Window.merged(parts.stream().map(Part::window).toList());
    Map<String, Window> versions = versions(parts);
    Agent agent = facts.agent();
    Map<String, Worth> worth = agent == null ? Map.of() : agent.value();
    List<Window> columns = new ArrayList<>(List.of(all));
    List<String> names = new ArrayList<>(List.of("All versions"));
    versions.entrySet().stream()
        .limit(versions.size() < 2 ? 0 : VERSIONS_MAX)
        .forEach(version -> {
          columns.add(version.getValue());
          names.add(Ids.version(version.getKey()));
        });
    Instant since = book.since();
    return new AgentSignalsPage(
        framer.ranged(
            request,
            "Signals",
            "fleet",
            List.of(new Crumb("Fleet", "/fleet"), new Crumb(facts.name(), back)),
            ""),
        facts.name(),
        back,
        Figures.of(all.count(Count.RUNS), "run", "runs")
            + " that ended began "
            + range.words()
            + ".",
        since.isAfter(range.from())
            ? "Signals are kept of runs since " + moments.of(since).shown() + "."
            : "",
        parts.isEmpty() ? empty(back) : null,
        names,
        versions.size() > VERSIONS_MAX
            ? Figures.of(versions.size() - VERSIONS_MAX, "older version is", "older versions are")
                + " in the windows below."
            : "",
        parts.isEmpty() ? List.of() : rows(columns, worth),
        parts.isEmpty() ? List.of() : charts(parts, facts, width, to, all, moments),
        words(width, parts.size()),
        parts.reversed().stream()
            .limit(WINDOWS_MAX)
            .map(part -> row(part, facts, width, moments))
            .toList());
  }

  private static boolean seen(Reader reader, AgentFacts facts, String where) {
    String only = facts.environment();
    return (only == null || only.equals(where))
        && (reader.seesAll() || reader.rights().may(Permission.READ, facts.target(where)));
  }

  private static Empty empty(String back) {
    return Empty.of(
        "No run that ended",
        "No run of it began in this time, or none has ended. A run is known a few seconds after its"
            + " last span.",
        new Link("The agent", back));
  }

  /// The version that ran last first.
  private static Map<String, Window> versions(List<Part> parts) {
    Map<String, List<Window>> groups = new LinkedHashMap<>();
    for (Part part : parts.reversed()) {
      groups.computeIfAbsent(part.version(), _ -> new ArrayList<>()).add(part.window());
    }
    Map<String, Window> versions = new LinkedHashMap<>();
    groups.forEach((version, windows) -> versions.put(version, Window.merged(windows)));
    return versions;
  }

  private static List<Row> rows(List<Window> columns, Map<String, Worth> worth) {
    List<Row> rows = new ArrayList<>();
    add(rows, "Runs", columns, window -> Cells.count(window, Count.RUNS));
    add(rows, "Success", columns, window -> Cells.share(window.success(), "no outcome was told"));
    add(rows, "Failed", columns, window -> Cells.count(window, Count.FAILED));
    add(rows, "Timed out", columns, window -> Cells.count(window, Count.TIMED_OUT));
    add(rows, "Abandoned", columns, window -> Cells.count(window, Count.ABANDONED));
    add(rows, "Steps per run", columns, Cells::steps);
    add(rows, "Cost", columns, Cells::cost);
    add(rows, "Cost per run", columns, Cells::perRun);
    add(rows, "Cost per successful task", columns, Cells::perSuccess);
    add(rows, "Wasted", columns, Cells::wasted);
    if (!worth.isEmpty()) {
      add(rows, "Value of outcomes", columns, window -> Cells.value(worth, window));
      add(rows, "Value without cost", columns, window -> Cells.net(worth, window));
    }
    add(
        rows,
        "Tool calls that succeed",
        columns,
        window -> Cells.share(window.toolSuccess(), "no tool was called"));
    add(rows, "Time of a tool call", columns, Cells::toolTimes);
    add(rows, "Calls that a person was asked about", columns, w -> Cells.count(w, Count.APPROVALS));
    add(rows, "Calls that were denied", columns, window -> Cells.count(window, Count.DENIALS));
    add(rows, "Runs with ungrounded answers", columns, Cells::ungrounded);
    add(rows, "Runs that passed over an error", columns, Cells::silent);
    return rows;
  }

  private static void add(
      List<Row> rows, String name, List<Window> columns, Function<Window, Cell> cell) {
    rows.add(new Row(name, columns.stream().map(cell).toList()));
  }

  private static List<AgentSignalsPage.Drawn> charts(
      List<Part> parts, AgentFacts facts, Width width, Instant to, Window all, Moments moments) {
    SortedMap<Instant, List<Window>> groups = new TreeMap<>();
    for (Part part : parts) {
      groups.computeIfAbsent(part.from(), _ -> new ArrayList<>()).add(part.window());
    }
    SortedMap<Instant, Window> windows = new TreeMap<>();
    groups.forEach((at, group) -> windows.put(at, Window.merged(group)));
    Instant first = windows.firstKey();
    Instant from =
        facts.range().bounded() && facts.range().from().isBefore(first)
            ? facts.range().from()
            : first;
    Instant end = width.end(windows.lastKey());
    return new SignalCharts(
            windows,
            from,
            end.isAfter(to) ? end : to,
            Duration.between(first, width.end(first)),
            at ->
                runs(
                    facts,
                    at,
                    width.end(at),
                    facts.environment() == null ? "" : facts.environment(),
                    ""),
            moments.zone())
        .all(all.cost().currency());
  }

  private static String words(Width width, int count) {
    String each =
        switch (width) {
          case HOUR -> "by the hour";
          case DAY -> "by the day, in UTC";
        };
    return count > WINDOWS_MAX ? each + "; the newest " + WINDOWS_MAX + " are shown" : each;
  }

  private static WindowRow row(Part part, AgentFacts facts, Width width, Moments moments) {
    Window window = part.window();
    return new WindowRow(
        moments.of(part.from()),
        part.environment().isEmpty() ? "not said" : part.environment(),
        Ids.version(part.version()),
        Figures.count(window.count(Count.RUNS)),
        runs(facts, part.from(), width.end(part.from()), part.environment(), part.version()),
        Cells.share(window.success(), ""),
        Cells.cost(window),
        Cells.perSuccess(window),
        Cells.wasted(window),
        Cells.ungrounded(window),
        Cells.silent(window));
  }

  private static String runs(
      AgentFacts facts, Instant from, Instant to, String environment, String version) {
    return PageUrl.of("/runs")
        .with("agent", facts.name())
        .with("environment", environment)
        .with("version", version)
        .with("from", from.toString())
        .with("to", to.toString())
        .toString();
  }
}
