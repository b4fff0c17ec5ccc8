// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.answer.Answer;
import dev.steward.console.conversation.RunSpans;
import dev.steward.console.conversation.Step;
import dev.steward.console.conversation.Told;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Templates;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells an open run's page its head, and which steps are new or have changed; a view that is a
/// picture of the whole is told how many spans are newer.
final class RunFeed implements LiveFeed {
  private final ConsoleViews views;
  private final Reader reader;
  private final TraceQueries traces;
  private final String runId;
  private final Framer framer;
  private final Templates templates;
  private final PageRequest request;
  private final ToolEffects effects;
  private final boolean readsContent;
  private final RunSeen page;
  private final Shown shown;
  private final Pace pace;
  private boolean ended;

  RunFeed(
      ConsoleViews views,
      Reader reader,
      Run run,
      Framer framer,
      Templates templates,
      PageRequest request) {
    this.views = views;
    this.reader = reader;
    traces = framer.traces(reader);
    runId = run.id();
    this.framer = framer;
    this.templates = templates;
    this.request = request;
    effects = ToolEffects.of(views.control().state());
    readsContent = reader.readsContent(run);
    page = RunSeen.of(request);
    shown = Shown.of(request);
    pace = new Pace(() -> framer.moments(request).now());
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    Optional<Run> found = ended || !pace.rested() ? Optional.empty() : traces.run(runId);
    if (found.isEmpty()) {
      return List.of();
    }
    Run run = found.get();
    List<Event> events = new ArrayList<>();
    if (RunSeen.takes(shown, run)) {
      events.addAll(pace.work(() -> changes(run)));
    }
    shown.looked();
    if (!run.status().open()) {
      ended = true;
      events.add(LiveEvents.end());
    }
    return events;
  }

  @Override
  public String shown() {
    return shown.token();
  }

  private List<Event> changes(Run run) {
    SpanTree tree =
        page.talking()
            ? RunSpans.read(run, traces)
            : RunSpans.tree(run, traces.outline(run.traceId()));
    List<ContextFill> fills = new ContextFills(views.windows()).all(tree);
    List<Event> events = new ArrayList<>();
    events.add(LiveEvents.replace(head(run, tree, fills)));
    if (page.talking()) {
      List<LiveEvents.Part> changed = steps(run, tree, fills);
      if (!changed.isEmpty()) {
        events.add(LiveEvents.insert("steps", changed));
      }
    } else if (shown.counts(run.spans() - page.spans())) {
      events.add(LiveEvents.count(run.spans() - page.spans(), false));
    }
    return events;
  }

  private List<String> head(Run run, SpanTree tree, List<ContextFill> fills) {
    List<Answer> answers =
        RunPages.answers(views, reader, run, tree, traces.evaluations(run.traceId()), traces);
    RunHead head =
        RunHead.of(
            run,
            framer.moments(request),
            readsContent,
            answers,
            tree.spans(),
            fills,
            views.documents().apply(run.traceId()));
    return List.of(templates.render("runHead", head), templates.render("runAnswers", answers));
  }

  /// Those of the part that the page shows, and the way to those behind it.
  private List<LiveEvents.Part> steps(Run run, SpanTree tree, List<ContextFill> fills) {
    String base = RunPages.base(run);
    Told told = RunSpans.told(run, tree, effects, readsContent, traces);
    Map<String, ContextFill> bySpan = RunPages.bySpan(fills);
    List<LiveEvents.Part> changed = new ArrayList<>();
    String before = "";
    for (Step step : told.steps(page.from(), page.stepsMax())) {
      StepView view = StepView.of(step, base, bySpan);
      if (shown.takes(step.anchor(), view)) {
        changed.add(new LiveEvents.Part(templates.render("step", view), before));
      }
      before = step.anchor();
    }
    int end = page.from() + page.stepsMax();
    if (told.size() > end && shown.takes(Further.ANCHOR, told.size())) {
      Further further = new Further(RunPages.part(base, end), told.size());
      changed.add(new LiveEvents.Part(templates.render("further", further), before));
    }
    return changed;
  }
}
