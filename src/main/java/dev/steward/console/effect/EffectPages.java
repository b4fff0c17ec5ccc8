// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.effect;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Visible;
import dev.steward.console.frame.Framer;
import dev.steward.console.part.Mark;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.domain.Percent;
import dev.steward.domain.SpanKind;
import dev.steward.domain.resource.ToolServer;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.effect.RunEffect;
import dev.steward.trace.effect.RunEffects;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Makes the view of effects.
public final class EffectPages {
  private static final int TARGET_MAX = 160;
  private static final int ROWS_MAX = 1_000;

  private final ConsoleViews views;
  private final Framer framer;

  public EffectPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  /// @param own the spans of the run, in outline or with what was said
  public EffectsPart part(PageRequest request, Reader reader, Run run, List<Span> own) {
    RunEffects effects =
        RunEffects.of(
            spans(run, own, framer.traces(reader)), views.control().state().all(ToolServer.class));
    boolean reads = reader.readsContent(run);
    Moments moments = framer.moments(request);
    String base = "/runs/" + Percent.encoded(run.id());
    List<EffectsPart.Row> rows = new ArrayList<>();
    for (RunEffect effect :
        effects.effects().subList(0, Math.min(ROWS_MAX, effects.effects().size()))) {
      rows.add(row(effect, base, reads, moments));
    }
    return new EffectsPart(
        (effects.effects().isEmpty()
                ? (effects.unknown() == 0 ? "No call of " : "No call that is known of ")
                : Figures.of(effects.effects().size(), "call of ", "calls of "))
            + run.agent()
            + " did something to the world."
            + (effects.effects().size() > ROWS_MAX ? " The first 1,000 are shown." : ""),
        rows,
        effects.unknown() == 0
            ? ""
            : Figures.of(effects.unknown(), "call is", "calls are")
                + " of tools whose effect nobody declared, and may have had one.",
        reads ? "" : "You may not read what was said, so targets are left out.");
  }

  /// Those of the run, with what was said in calls of tools alone.
  private static List<Span> spans(Run run, List<Span> own, TraceQueries traces) {
    Set<String> calls = new TreeSet<>();
    List<Span> spans = new ArrayList<>();
    for (Span span : own) {
      if (span.kind() == SpanKind.TOOL) {
        calls.add(span.key().spanId());
      } else {
        spans.add(span);
      }
    }
    spans.addAll(traces.spans(run.traceId(), calls));
    return spans;
  }

  private static EffectsPart.Row row(
      RunEffect effect, String base, boolean reads, Moments moments) {
    boolean proposed = !effect.proposedBy().isEmpty();
    return new EffectsPart.Row(
        "s-" + effect.span().key().spanId(),
        moments.of(effect.span().startedAt()),
        effect.server().isEmpty() ? effect.tool() : effect.server() + "/" + effect.tool(),
        step(base, effect.span().key().spanId()),
        effect.effect().word(),
        reads ? target(effect) : "",
        how(effect),
        way(effect),
        reversible(effect),
        undone(effect),
        effect.compensatedBy().isEmpty() ? "" : step(base, effect.compensatedBy()),
        proposed ? step(base, effect.proposedBy()) : "",
        proposed
            ? "the model step that proposed it"
            : effect.unattributed() ? "unattributed: no model step proposed it" : "");
  }

  private static String step(String base, String span) {
    return PageUrl.of(base).with("step", span) + "#s-" + span;
  }

  private static String target(RunEffect effect) {
    Message arguments = effect.span().content().arguments();
    String text = arguments == null ? "" : Visible.of(arguments.json());
    return text.length() <= TARGET_MAX ? text : text.substring(0, TARGET_MAX - 1) + "…";
  }

  private static Mark how(RunEffect effect) {
    return switch (effect.outcome()) {
      case DONE -> new Mark(Mark.Tone.OK, "Done");
      case FAILED -> new Mark(Mark.Tone.WARNING, "Failed, may have acted");
    };
  }

  private static Mark way(RunEffect effect) {
    return switch (effect.passage()) {
      case GATEWAY -> new Mark(Mark.Tone.OK, "Through the gateway");
      case LOCAL -> new Mark(Mark.Tone.UNKNOWN, "In the agent's process");
      case UNGOVERNED -> new Mark(Mark.Tone.CRITICAL, "Ungoverned");
    };
  }

  private static String reversible(RunEffect effect) {
    if (!effect.reversible().isEmpty()) {
      return "by " + effect.reversible();
    }
    return switch (effect.effect()) {
      case READ, WRITE -> "not said";
      case IRREVERSIBLE, MONEY, MESSAGE, DELETE, EXECUTE -> "no";
    };
  }

  private static Mark undone(RunEffect effect) {
    return switch (effect.compensation()) {
      case NONE -> new Mark(Mark.Tone.UNKNOWN, "No");
      case COMPENSATED -> new Mark(Mark.Tone.OK, "Compensated");
      case UNKNOWN -> new Mark(Mark.Tone.WARNING, "Perhaps: content is not kept");
    };
  }
}
