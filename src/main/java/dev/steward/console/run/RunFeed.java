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
import dev.steward.trace.TraceQueries;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells an open run's page which steps are new or have changed, and its head.
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
  private final Map<String, Step> shown = new HashMap<>();
  private boolean started;
  private boolean ended;
  private int spans = -1;

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
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    Optional<Run> found = ended ? Optional.empty() : traces.run(runId);
    if (found.isEmpty()) {
      return List.of();
    }
    Run run = found.get();
    List<Event> events = new ArrayList<>();
    if (run.spans() != spans || !run.status().open()) {
      spans = run.spans();
      events.addAll(changes(run));
    }
    if (!run.status().open()) {
      ended = true;
      events.add(LiveEvents.end());
    }
    return events;
  }

  private List<Event> changes(Run run) {
    List<Event> events = new ArrayList<>();
    SpanTree tree = RunSpans.read(run, traces);
    Told conversation = RunSpans.told(run, tree, effects, readsContent, traces);
    List<ContextFill> fills = new ContextFills(views.windows()).all(tree);
    Map<String, ContextFill> bySpan = RunPages.bySpan(fills);
    List<String> changed = new ArrayList<>();
    // the page shows the first steps; what comes behind them is reached by its link
    for (Step step : conversation.steps(0, RunPages.STEPS_MAX)) {
      Step before = shown.put(step.anchor(), step);
      if (started && !step.equals(before)) {
        ContextFill fill = step.kind() == Step.Kind.MODEL ? bySpan.get(step.spanId()) : null;
        changed.add(templates.render("step", new StepView(step, "/runs/" + run.id(), fill)));
      }
    }
    if (started) {
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
      events.add(
          LiveEvents.replace(
              List.of(templates.render("runHead", head), templates.render("runAnswers", answers))));
      if (!changed.isEmpty()) {
        events.add(LiveEvents.append("steps", changed));
      }
    }
    started = true;
    return events;
  }
}
