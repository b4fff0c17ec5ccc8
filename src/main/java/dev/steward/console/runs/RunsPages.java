// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Choice;
import dev.steward.console.frame.Facets;
import dev.steward.console.frame.Filter;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.PageUrl;
import dev.steward.console.frame.SortHead;
import dev.steward.console.frame.Templates;
import dev.steward.console.frame.TimeRange;
import dev.steward.console.runs.RunsPage.Narrowing;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery.Sort;
import dev.steward.trace.run.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/// Makes the list of runs.
public final class RunsPages {
  private static final String[] LINKED = {
    "conversation", "task", "workflow", "version", "source", "team", "cost"
  };

  private final ConsoleViews views;
  private final Framer framer;
  private final Templates templates;

  public RunsPages(ConsoleViews views, Framer framer, Templates templates) {
    this.views = views;
    this.framer = framer;
    this.templates = templates;
  }

  public RunsPage page(PageRequest request, Reader reader) {
    TimeRange range = framer.range(request);
    RunsRequest asked = asked(request, reader);
    PageUrl url = framer.url(request).without("head");
    Page<Run> found = asked.find(views.traces(), request.parameter("cursor"));
    Moments moments = framer.moments(request);
    List<RunRow> rows =
        found.items().stream().map(r -> RunRow.of(r, moments, reader.readsContent(r))).toList();
    return new RunsPage(
        frame(request, asked, rows),
        "Every invocation of an agent, newest first, "
            + range.words()
            + ". A run shows as soon as its first span arrives.",
        filters(request, framer.names(reader)),
        narrowing(request, url),
        orEmpty(request.parameter("q")),
        reader.readsAllContent(),
        head("Started", Sort.STARTED, asked, url),
        head("Took", Sort.DURATION, asked, url),
        head("Steps", Sort.STEPS, asked, url),
        head("Errors", Sort.ERRORS, asked, url),
        head("USD", Sort.COST, asked, url),
        rows,
        result(rows.size(), found.next() != null, request),
        found.next() == null ? null : url.with("cursor", found.next()).toString(),
        request.parameter("cursor") == null ? null : url.without("cursor").toString(),
        "No run " + range.words() + " matches.",
        url.to("/runs", "range").toString(),
        new TreeMap<>(url.to("/runs", keptNames()).parameters()));
  }

  /// What the open list wants to be told.
  public LiveFeed feed(PageRequest request, Reader reader) {
    return new RunsFeed(
        views.traces(), () -> asked(request, reader), framer, templates, request, reader);
  }

  private RunsRequest asked(PageRequest request, Reader reader) {
    Set<String> visible = reader.seesAll() ? Set.of() : Set.copyOf(framer.names(reader).agents());
    return new RunsRequest(request, framer.range(request), reader, visible);
  }

  private Frame frame(PageRequest request, RunsRequest asked, List<RunRow> rows) {
    Frame frame = framer.ranged(request, "Runs", "runs", asked.live() ? "/live/runs" : "");
    if (frame.live().isEmpty()) {
      return frame;
    }
    PageUrl live = new PageUrl("/live/runs", frame.url().parameters());
    return frame.withLive(
        live.with("head", rows.isEmpty() ? null : rows.getFirst().id()).toString());
  }

  private static String[] keptNames() {
    List<String> names = new ArrayList<>(List.of("environment", "range", "sort", "order"));
    names.addAll(List.of(LINKED));
    return names.toArray(String[]::new);
  }

  private static SortHead head(String label, Sort sort, RunsRequest asked, PageUrl url) {
    String usual = Sort.STARTED.name().toLowerCase(Locale.ROOT);
    String by = asked.sort().name().toLowerCase(Locale.ROOT);
    return new SortHead.Table(url, usual, by, asked.descending())
        .head(label, sort.name().toLowerCase(Locale.ROOT));
  }

  private static List<Filter> filters(PageRequest request, Facets.Names names) {
    List<String> statuses = Arrays.stream(RunStatus.values()).map(RunStatus::word).toList();
    return List.of(
        new Filter("agent", "Agent", Choice.anyOr(names.agents(), request.parameter("agent"))),
        new Filter("status", "Status", Choice.anyOr(statuses, request.parameter("status"))),
        new Filter("model", "Model", Choice.anyOr(names.models(), request.parameter("model"))),
        new Filter("tool", "Tool", Choice.anyOr(names.tools(), request.parameter("tool"))),
        new Filter(
            "outcome",
            "Outcome",
            Choice.anyOr(List.of("success", "failure"), request.parameter("outcome"))),
        new Filter(
            "errors", "Errors", Choice.anyOr(List.of("yes", "no"), request.parameter("errors"))));
  }

  private static List<Narrowing> narrowing(PageRequest request, PageUrl url) {
    List<Narrowing> narrowing = new ArrayList<>();
    for (String name : LINKED) {
      String value = request.parameter(name);
      if (value != null) {
        narrowing.add(
            new Narrowing(name + " " + Ids.middle(value), url.without(name, "cursor").toString()));
      }
    }
    return narrowing;
  }

  private static String result(int shown, boolean more, PageRequest request) {
    boolean first = request.parameter("cursor") == null;
    if (!more && first) {
      return shown == 1 ? "1 run" : shown + " runs";
    }
    return shown + (first ? " runs, more follow" : " further runs" + (more ? "" : ", the last"));
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }
}
