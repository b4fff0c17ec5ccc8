// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.budget.Forecast;
import dev.steward.console.cost.CostPage.Figure;
import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Facets;
import dev.steward.console.filter.Filter;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.SortHead;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.frame.Framer;
import dev.steward.console.part.Empty;
import dev.steward.console.part.FilterBar;
import dev.steward.console.part.Link;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.domain.resource.Agent;
import dev.steward.insight.finding.Words;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.CostQuery.TaskRow;
import dev.steward.trace.run.RunCost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the cost page.
final class CostPages {
  private static final String USUAL = "7d";

  private final ConsoleViews views;
  private final Framer framer;

  CostPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  CostPage page(PageRequest sent, Reader reader) {
    PageRequest request = withRange(sent);
    Facets.Names names = framer.names(reader);
    CostRequest asked = CostRequest.of(request, framer.range(request));
    Instant now = framer.moments(request).now();
    CostSums sums = CostSums.read(framer.traces(reader), asked, now);
    PageUrl url = framer.url(request);
    SortHead.Table table = SortHead.Table.of(url, asked.group().time() ? "name" : "cost");
    CostTable rows = new CostTable(asked, sums, url, table);
    boolean nothing = sums.groups().isEmpty();
    return new CostPage(
        framer.ranged(request, "Cost", "cost", ""),
        lede(asked, sums),
        nothing ? List.of() : figures(asked, sums, url),
        FilterBar.of("/cost", filters(asked, names), kept(url)),
        narrowing(asked, url),
        nothing ? empty(asked, url, reader) : null,
        nothing
            ? null
            : new CostChart(asked, sums, url, framer.moments(request).zone(), now).draw(),
        CostRequest.word(asked.group()),
        sums.total().cost().currency(),
        heads(asked, table, sums.total().cost().currency()),
        forecasts(asked, request, reader, now),
        rows.shown(),
        rows.rest(),
        sums.before() != null && !asked.group().time(),
        sums.tasks() != null,
        new RunLinks(asked, url).dearest(),
        reader.seesAll() || asked.chosen().containsKey(By.AGENT) ? exports(asked, now) : List.of());
  }

  /// The last week, unless the address says otherwise: a day says little of what agents cost.
  private static PageRequest withRange(PageRequest request) {
    if (request.parameter("range") != null) {
      return request;
    }
    Map<String, String> query = new HashMap<>(request.query());
    query.put("range", USUAL);
    return request.withQuery(query);
  }

  private static String lede(CostRequest asked, CostSums sums) {
    RunCost cost = sums.total().cost();
    if (cost.priced() == 0 && cost.unknown() == 0) {
      return "Nothing was spent " + asked.range().words() + ".";
    }
    String unknown =
        cost.unknown() == 0
            ? "Every call is accounted for."
            : Figures.of(cost.unknown(), "call has", "calls have")
                + " no known cost; they are counted apart and in no sum.";
    if (cost.priced() == 0) {
      return "What was spent " + asked.range().words() + " is unknown: " + unknown;
    }
    return "%s%s %s were spent %s. %s"
        .formatted(
            cost.unknown() == 0 ? "" : "At least ",
            Figures.money(cost.amount()),
            cost.currency(),
            asked.range().words(),
            unknown);
  }

  /// None for a time that is over: windows that are open now say nothing of it.
  private List<Forecast> forecasts(
      CostRequest asked, PageRequest request, Reader reader, Instant now) {
    if (asked.range().to().isBefore(now)) {
      return List.of();
    }
    Map<String, String> labels =
        views
            .control()
            .state()
            .find(Agent.class, asked.chosen().getOrDefault(By.AGENT, ""))
            .map(agent -> agent.metadata().labels())
            .orElse(Map.of());
    return Forecast.of(
        views, reader, framer.moments(request), scope -> asked.paidBy(scope, labels));
  }

  private static List<Figure> figures(CostRequest asked, CostSums sums, PageUrl url) {
    Sum total = sums.total();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            total.cost().currency() + " " + asked.range().words(),
            CostText.of(total.cost()),
            Figures.of(total.calls(), "model call", "model calls"),
            new RunLinks(asked, url).all()));
    Map<String, Sum> before = sums.before();
    if (before != null) {
      Sum earlier = before.values().stream().reduce(Sum.NONE, Sum::plus);
      Change change = Change.between(earlier.cost(), total.cost());
      figures.add(
          new Figure(
              "against the time before",
              new CostText(change.words(), change.note(), change.quiet()),
              change.note(),
              ""));
    }
    figures.add(
        new Figure(
            "calls of unknown cost",
            new CostText(Figures.count(total.cost().unknown()), "", total.cost().unknown() == 0),
            total.cost().unknown() == 0
                ? "none"
                : "of " + Figures.count(total.cost().unknown() + (long) total.cost().priced()),
            total.cost().unknown() == 0 ? "" : new RunLinks(asked, url).unknown()));
    TaskRow tasks = sums.allTasks();
    if (tasks != null) {
      PerTask each = PerTask.of(tasks);
      figures.add(new Figure("for each successful task", each.cost(), each.sample(), ""));
    }
    return figures;
  }

  private static List<Filter> filters(CostRequest asked, Facets.Names names) {
    List<Choice> groups = new ArrayList<>();
    List<Choice> splits = new ArrayList<>();
    splits.add(new Choice("", "nothing", asked.split() == null));
    for (By by : CostRequest.GROUPS) {
      String word = CostRequest.word(by);
      String value = by == By.AGENT ? "" : word;
      groups.add(new Choice(value, word, by == asked.group()));
      if (by != By.DAY && by != asked.group()) {
        splits.add(new Choice(word, word, by == asked.split()));
      }
    }
    return List.of(
        new Filter("by", "By", groups),
        new Filter("split", "Split by", splits),
        new Filter("agent", "Agent", Choice.anyOr(names.agents(), asked.chosen().get(By.AGENT))),
        new Filter("model", "Model", Choice.anyOr(names.models(), asked.chosen().get(By.MODEL))),
        new Filter("tool", "Tool", Choice.anyOr(names.tools(), asked.chosen().get(By.TOOL))));
  }

  private static Map<String, String> kept(PageUrl url) {
    return new TreeMap<>(
        url.to(
                "/cost",
                "environment",
                "range",
                "team",
                "caller",
                "version",
                "workflow",
                "what",
                "provider",
                "step",
                "run",
                "sort",
                "order")
            .parameters());
  }

  /// What is chosen and has no field of its own.
  private static List<Link> narrowing(CostRequest asked, PageUrl url) {
    List<Link> narrowing = new ArrayList<>();
    for (By by :
        List.of(
            By.TEAM, By.CALLER, By.VERSION, By.WORKFLOW, By.WHAT, By.PROVIDER, By.STEP, By.RUN)) {
      String value = asked.chosen().get(by);
      if (value != null) {
        String word = CostRequest.word(by);
        String shown =
            by == By.RUN ? Ids.middle(value) : by == By.WHAT ? CostTable.words(value) : value;
        narrowing.add(new Link(word + " " + shown, url.without(word).toString()));
      }
    }
    return narrowing;
  }

  private static Empty empty(CostRequest asked, PageUrl url, Reader reader) {
    if (!reader.seesAll()) {
      return Empty.of(
          "Nothing here that is yours to see",
          "No agent has spent anything where you may see it " + asked.range().words() + ".");
    }
    Link all = new Link("Show all time", url.to("/cost").with("range", "all").toString());
    return Empty.of(
        "Nothing was spent",
        "No call with a cost, known or not, was made "
            + asked.range().words()
            + " by what is chosen here. Cost comes from what providers report, or from tokens and"
            + " the price table.",
        asked.range().key().equals("all") ? new Link("Show the runs", "/runs?range=all") : all);
  }

  private static CostPage.Heads heads(CostRequest asked, SortHead.Table table, String currency) {
    String word = CostRequest.word(asked.group());
    return new CostPage.Heads(
        table.head(Words.begin(word), "name"),
        table.head(currency, "cost"),
        table.head("Change", "change"),
        table.head("Unknown", "unknown"),
        table.head("Runs", "runs"),
        table.head("Per success", "task"));
  }

  private static List<Link> exports(CostRequest asked, Instant now) {
    TimeRange range = asked.range();
    Instant to = range.to().isAfter(now) ? now : range.to();
    PageUrl file =
        PageUrl.of("/api/v1/cost").with("from", range.from().toString()).with("to", to.toString());
    for (Map.Entry<By, String> chosen : asked.chosen().entrySet()) {
      file = file.with(CostRequest.word(chosen.getKey()), chosen.getValue());
    }
    By split = asked.split();
    String by =
        CostRequest.word(asked.group()) + (split == null ? "" : "," + CostRequest.word(split));
    return List.of(
        new Link("CSV", file.with("by", by).with("format", "csv").toString()),
        new Link("FOCUS", file.with("format", "focus").toString()),
        new Link("JSON", file.with("by", by).toString()));
  }
}
