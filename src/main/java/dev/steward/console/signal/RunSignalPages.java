// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.signal;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.frame.Framer;
import dev.steward.console.part.Mark;
import dev.steward.console.signal.SignalsPart.Row;
import dev.steward.console.web.Reader;
import dev.steward.domain.Percent;
import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.failure.SilentFailures;
import dev.steward.insight.failure.SilentFailures.SilentFailure;
import dev.steward.insight.finding.Words;
import dev.steward.insight.grounding.Claim;
import dev.steward.insight.grounding.Groundedness;
import dev.steward.insight.window.RunSpans;
import dev.steward.trace.run.Run;
import java.util.List;

/// Makes the view of a run's signals.
public record RunSignalPages(Framer framer) {

  public SignalsPart part(Reader reader, Run run) {
    boolean reads = reader.readsContent(run);
    String base = "/runs/" + Percent.encoded(run.id());
    Dialogue dialogue = RunSpans.dialogue(run, framer.traces(reader));
    Groundedness grounded = Groundedness.of(dialogue);
    SilentFailures silent = SilentFailures.of(dialogue);
    return new SignalsPart(
        reads ? "" : "You may not read what was said, so the words are left out.",
        mark(grounded),
        words(grounded),
        claims(grounded, base, reads),
        mark(silent),
        words(silent),
        failures(silent, base, reads));
  }

  private static Mark mark(Groundedness grounded) {
    return switch (grounded) {
      case Groundedness.Unknown _ -> new Mark(Mark.Tone.UNKNOWN, "Not known");
      case Groundedness.Known known when known.claims() == 0 ->
          new Mark(Mark.Tone.OK, "Nothing definite was said");
      case Groundedness.Known known when known.ungrounded() == 0 ->
          new Mark(Mark.Tone.OK, "All of it has a source");
      case Groundedness.Known known ->
          new Mark(Mark.Tone.WARNING, known.ungrounded() + " without a source");
    };
  }

  private static String words(Groundedness grounded) {
    return switch (grounded) {
      case Groundedness.Unknown(String why) -> Words.begin(why) + ".";
      case Groundedness.Known known ->
          "%s in the answers; %s in nothing that the agent was told or its tools returned before."
              .formatted(
                  Figures.of(
                      known.claims(),
                      "number, id, date or quote",
                      "numbers, ids, dates and quotes"),
                  known.ungrounded() == 0
                      ? "none of them is"
                      : Figures.of(known.ungrounded(), "is", "are"));
    };
  }

  private static List<Row> claims(Groundedness grounded, String base, boolean reads) {
    return grounded instanceof Groundedness.Known known
        ? known.listed().stream().map(claim -> row(claim, base, reads)).toList()
        : List.of();
  }

  private static Row row(Claim claim, String base, boolean reads) {
    return new Row(
        Words.begin(claim.kind().word()), reads ? claim.words() : "", step(base, claim.spanId()));
  }

  private static Mark mark(SilentFailures silent) {
    return switch (silent) {
      case SilentFailures.Unknown _ -> new Mark(Mark.Tone.UNKNOWN, "Not known");
      case SilentFailures.Known known when known.failures().isEmpty() ->
          new Mark(Mark.Tone.OK, "None");
      case SilentFailures.Known known ->
          new Mark(Mark.Tone.WARNING, known.failures().size() + " passed over");
    };
  }

  private static String words(SilentFailures silent) {
    return switch (silent) {
      case SilentFailures.Unknown(String why) -> Words.begin(why) + ".";
      case SilentFailures.Known known ->
          "Results of tools that say an error while their spans say none, after which the agent"
              + " neither tried again nor told; among "
              + Figures.of(known.results(), "result", "results")
              + ".";
    };
  }

  private static List<Row> failures(SilentFailures silent, String base, boolean reads) {
    return silent instanceof SilentFailures.Known known
        ? known.failures().stream().map(each -> row(each, base, reads)).toList()
        : List.of();
  }

  private static Row row(SilentFailure failure, String base, boolean reads) {
    return new Row(failure.tool(), reads ? failure.error() : "", step(base, failure.spanId()));
  }

  private static String step(String base, String span) {
    return PageUrl.of(base).with("step", span) + "#s-" + span;
  }
}
