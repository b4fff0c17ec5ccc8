// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.SortHead;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Templates;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.domain.resource.Agent;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery.Sort;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the list of runs.
public final class RunsPages {
  private final ConsoleViews views;
  private final Framer framer;
  private final Templates templates;

  public RunsPages(ConsoleViews views, Framer framer, Templates templates) {
    this.views = views;
    this.framer = framer;
    this.templates = templates;
  }

  public RunsPage page(PageRequest request, Reader reader) {
    RunsRequest asked = asked(request, reader);
    PageUrl url = framer.url(request).without("head");
    Page<Run> found = asked.find(framer.traces(reader), request.parameter("cursor"));
    Moments moments = framer.moments(request);
    RunsFilters filters = new RunsFilters(asked);
    String words = asked.custom() ? "in the chosen time" : asked.range().words();
    List<RunRow> rows =
        found.items().stream().map(r -> RunRow.of(r, moments, reader.readsContent(r))).toList();
    return new RunsPage(
        frame(request, asked, found.items()),
        "Every invocation of an agent, newest first, "
            + words
            + ". A run shows as soon as its first span arrives.",
        filters.choices(framer.names(reader), found.items()),
        filters.folded(framer.seen(reader, views.control().state().agents())),
        filters.fields(),
        filters.narrowing(url, moments),
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
        "No run " + words + " matches",
        url.to("/runs", "range").toString(),
        url.to("/runs").with("range", "all").toString(),
        asked.export().toString(),
        new TreeMap<>(url.to("/runs", "environment", "range", "sort", "order").parameters()));
  }

  /// What the open list wants to be told.
  public LiveFeed feed(PageRequest request, Reader reader) {
    return new RunsFeed(
        framer.traces(reader), () -> asked(request, reader), framer, templates, request, reader);
  }

  private RunsRequest asked(PageRequest request, Reader reader) {
    return new RunsRequest(
        request,
        framer.range(request),
        framer.moments(request).zone(),
        reader,
        labelled(request.parameter("label")));
  }

  /// Agents that carry the label, null where none is asked for.
  private @Nullable Set<String> labelled(@Nullable String label) {
    if (label == null) {
      return null;
    }
    Set<String> agents = new HashSet<>();
    for (Agent agent : views.control().state().agents()) {
      if (agent.metadata().labels().entrySet().stream()
          .anyMatch(entry -> label.equals(entry.getKey() + "=" + entry.getValue()))) {
        agents.add(agent.name());
      }
    }
    return agents;
  }

  private Frame frame(PageRequest request, RunsRequest asked, List<Run> rows) {
    Frame frame = framer.ranged(request, "Runs", "runs", asked.live() ? "/live/runs" : "");
    if (frame.live().isEmpty()) {
      return frame;
    }
    PageUrl live = new PageUrl("/live/runs", frame.url().parameters());
    String head = rows.isEmpty() ? null : rows.getFirst().id();
    return frame.withLive(RunsFeed.shown(rows).in(live.with("head", head).toString()));
  }

  private static SortHead head(String label, Sort sort, RunsRequest asked, PageUrl url) {
    String usual = Sort.STARTED.name().toLowerCase(Locale.ROOT);
    String by = asked.sort().name().toLowerCase(Locale.ROOT);
    return new SortHead.Table(url, usual, by, asked.descending())
        .head(label, sort.name().toLowerCase(Locale.ROOT));
  }

  private static String result(int shown, boolean more, PageRequest request) {
    boolean first = request.parameter("cursor") == null;
    if (!more && first) {
      return shown == 1 ? "1 run" : shown + " runs";
    }
    return shown + (first ? " runs, more follow" : " further runs" + (more ? "" : ", the last"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
