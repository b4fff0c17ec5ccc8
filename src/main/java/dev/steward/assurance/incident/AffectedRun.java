// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.domain.Percent;
import dev.steward.domain.SpanKind;
import dev.steward.domain.resource.ToolServer;
import dev.steward.insight.timeline.Moment.Tone;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.effect.RunEffect;
import dev.steward.trace.effect.RunEffect.Compensation;
import dev.steward.trace.effect.RunEffects;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A run that an incident is about, with what it did to the world.
public record AffectedRun(Run run, RunEffects effects) {

  /// Other runs of the same trace are left out: they may be of agents that the reader may not see.
  static AffectedRun of(Run run, TraceQueries traces, Collection<ToolServer> servers) {
    List<Span> outline = traces.outline(run.traceId());
    Map<String, String> runs = RunAssembler.runsOf(outline);
    Set<String> calls = new TreeSet<>();
    List<Span> spans = new ArrayList<>();
    for (Span span : outline) {
      if (!run.id().equals(runs.get(span.key().spanId()))) {
        continue;
      }
      if (span.kind() == SpanKind.TOOL) {
        calls.add(span.key().spanId());
      } else {
        spans.add(span);
      }
    }
    spans.addAll(traces.spans(run.traceId(), calls));
    return new AffectedRun(run, RunEffects.of(spans, servers));
  }

  /// Where the run is told, such as `runs/ID`.
  public String page() {
    return "runs/" + Percent.encoded(run.id());
  }

  /// The effects that no call undid, as far as is known, without the calls that undid others.
  public List<RunEffect> open() {
    return effects.effects().stream()
        .filter(effect -> effect.compensation() != Compensation.COMPENSATED && !undoes(effect))
        .toList();
  }

  private boolean undoes(RunEffect effect) {
    String call = effect.span().key().spanId();
    return effects.effects().stream().anyMatch(other -> other.compensatedBy().equals(call));
  }

  List<StoryLine> lines() {
    List<StoryLine> lines = new ArrayList<>();
    lines.add(line(run.startedAt(), StoryLine.RUN, Tone.PLAIN, "run " + run.id() + " started"));
    for (RunEffect effect : effects.effects()) {
      boolean undone = !open().contains(effect);
      lines.add(
          line(
              effect.span().startedAt(),
              StoryLine.EFFECT,
              undone ? Tone.PLAIN : Tone.WARNING,
              "effect: " + (undoes(effect) ? undoing(effect) : words(effect))));
    }
    Instant ended = run.endedAt();
    if (ended != null) {
      lines.add(line(ended, StoryLine.RUN, run.errors() == 0 ? Tone.PLAIN : Tone.BAD, end()));
    }
    return lines;
  }

  private String end() {
    String outcome = run.outcome();
    return "run %s %s, %s, %d errors"
        .formatted(
            run.id(),
            run.status().word(),
            outcome == null ? "without an outcome" : "outcome " + outcome,
            run.errors());
  }

  private StoryLine line(Instant at, String kind, Tone tone, String title) {
    return StoryLine.seen(at, kind, tone, run.agent(), title, page());
  }

  /// Such as `money by payments/refund, done, compensated`.
  public static String words(RunEffect effect) {
    String compensation =
        switch (effect.compensation()) {
          case COMPENSATED -> "compensated";
          case UNKNOWN -> "not known whether it was compensated";
          case NONE ->
              effect.reversible().isEmpty()
                  ? "not compensated, and no tool is declared that could"
                  : "not compensated; " + effect.reversible() + " could";
        };
    return "%s by %s, %s, %s"
        .formatted(
            effect.effect().word(),
            tool(effect),
            effect.outcome().name().toLowerCase(Locale.ROOT),
            compensation);
  }

  /// Such as `money by payments/take_back, done, which compensates another`.
  private static String undoing(RunEffect effect) {
    return "%s by %s, %s, which compensates another"
        .formatted(
            effect.effect().word(), tool(effect), effect.outcome().name().toLowerCase(Locale.ROOT));
  }

  /// Such as `payments/refund`.
  static String tool(RunEffect effect) {
    return effect.server().isEmpty() ? effect.tool() : effect.server() + "/" + effect.tool();
  }
}
