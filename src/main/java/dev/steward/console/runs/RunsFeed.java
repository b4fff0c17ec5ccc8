// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Templates;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Tells an open list how many runs are newer than its head, and which of its rows have changed. It
/// never moves a row.
final class RunsFeed implements LiveFeed {
  private final TraceQueries traces;
  private final Supplier<RunsRequest> asked;
  private final Framer framer;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private final Shown shown;

  RunsFeed(
      TraceQueries traces,
      Supplier<RunsRequest> asked,
      Framer framer,
      Templates templates,
      PageRequest request,
      Reader reader) {
    this.traces = traces;
    this.asked = asked;
    this.framer = framer;
    this.templates = templates;
    this.request = request;
    this.reader = reader;
    shown = Shown.of(request);
  }

  /// What a page with these shows.
  static Shown shown(List<Run> runs) {
    Shown shown = Shown.fresh();
    runs.forEach(run -> shown.takes(run.id(), run));
    return shown;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    List<Run> newest = asked.get().find(traces, null).items();
    List<Event> events = new ArrayList<>();
    int fresh = fresh(newest);
    if (shown.counts(fresh)) {
      events.add(LiveEvents.count(fresh, fresh == RunsRequest.LIMIT));
    }
    Moments moments = framer.moments(request);
    List<String> changed = new ArrayList<>();
    for (Run run : newest.subList(fresh, newest.size())) {
      if (shown.has(run.id()) && shown.takes(run.id(), run)) {
        changed.add(templates.render("runRow", RunRow.of(run, moments, reader.readsContent(run))));
      }
    }
    shown.looked();
    if (!changed.isEmpty()) {
      events.add(LiveEvents.replace(changed));
    }
    return events;
  }

  @Override
  public String shown() {
    return shown.token();
  }

  /// How many of the newest stand before the head that the page was made with.
  private int fresh(List<Run> newest) {
    String head = request.parameter("head");
    for (int i = 0; i < newest.size(); i++) {
      if (newest.get(i).id().equals(head)) {
        return i;
      }
    }
    return newest.size();
  }
}
