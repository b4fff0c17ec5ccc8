// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.compare.ComparePages;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.runs.RunsPages;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.domain.Percent;
import dev.steward.trace.run.Run;
import java.util.Optional;

/// `/runs...`: the list of runs, and each of them.
public final class RunsSection implements Section {
  private final Framer framer;
  private final RunsPages runs;
  private final RunPages run;
  private final ComparePages compare;

  public RunsSection(ConsoleViews views, Pages pages) {
    framer = pages.framer();
    runs = new RunsPages(views, pages.framer(), pages.templates());
    run = new RunPages(views, pages.framer(), pages.templates());
    compare = new ComparePages(views, pages.framer());
  }

  @Override
  public String segment() {
    return "runs";
  }

  @Override
  public PageResponse get(Visit visit) {
    if (visit.depth() == 0) {
      return visit.html("runs", runs.page(visit.request(), visit.reader()));
    }
    String id = visit.path().getFirst();
    return find(id, visit.reader())
        .map(found -> run(visit, found))
        .orElseGet(() -> visit.pages().failures().noSuchRun(visit.request(), id));
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return visit.depth() == 0
        ? Optional.of(runs.feed(visit.request(), visit.reader()))
        : find(visit.path().getFirst(), visit.reader())
            .map(found -> run.feed(visit.request(), visit.reader(), found));
  }

  private PageResponse run(Visit visit, Run found) {
    String view = visit.depth() == 1 ? "conversation" : visit.path().get(1);
    return switch (view) {
      case "conversation", "waterfall", "graph", "raw", "effects", "signals" ->
          visit.depth() > 2
              ? visit.notFound()
              : visit.html("run", run.page(visit.request(), visit.reader(), found, view));
      case "waterfall.json" ->
          new PageResponse.Data("application/json", "", run.waterfall(visit.reader(), found));
      case "steps" -> step(visit, found);
      case "compare" -> compare(visit, found);
      default -> visit.notFound();
    };
  }

  private PageResponse step(Visit visit, Run found) {
    boolean detail = visit.depth() == 4 && visit.path().get(3).equals("detail");
    if (visit.depth() != 3 && !detail) {
      return visit.notFound();
    }
    String span = visit.path().get(2);
    Optional<PageResponse> page =
        detail
            ? run.detail(visit.request(), visit.reader(), found, span)
                .map(shown -> visit.html("detail", shown))
            : run.whole(visit.request(), visit.reader(), found, span)
                .map(shown -> visit.html("run", shown));
    return page.orElseGet(visit::notFound);
  }

  private PageResponse compare(Visit visit, Run found) {
    String with = visit.request().parameter("with");
    Optional<Run> other =
        visit.depth() == 3
            ? find(visit.path().get(2), visit.reader())
            : with == null ? Optional.empty() : find(with, visit.reader());
    if (visit.depth() > 3 || (visit.depth() == 3 && other.isEmpty())) {
      return visit.notFound();
    }
    if (visit.depth() == 2 && other.isPresent()) {
      return new PageResponse.Redirect(
          "/runs/" + Percent.encoded(found.id()) + "/compare/" + Percent.encoded(other.get().id()));
    }
    if (other.isPresent()) {
      return visit.html(
          "compare", compare.compare(visit.request(), visit.reader(), found, other.get()));
    }
    String wrong = with == null ? "" : "No run that you may see has the id " + with + ".";
    return visit.html(
        "compareChoose", compare.choose(visit.request(), visit.reader(), found, wrong));
  }

  /// A run, as if it were not there when it may not be seen.
  private Optional<Run> find(String id, Reader reader) {
    return framer.traces(reader).run(id).filter(reader::sees);
  }
}
