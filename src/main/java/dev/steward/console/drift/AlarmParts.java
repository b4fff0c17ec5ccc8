// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.drift.AlarmPart.CauseRow;
import dev.steward.console.drift.AlarmPart.Example;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.format.Took;
import dev.steward.console.part.Mark;
import dev.steward.domain.Percent;
import dev.steward.insight.behaviour.DriftRecord;
import dev.steward.insight.cause.Cause;
import dev.steward.insight.cause.DriftStory;
import dev.steward.insight.finding.Words;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Makes of an alarm's story what a page shows.
///
/// @param traces as the reader may see them
record AlarmParts(TraceQueries traces, Moments moments) {

  AlarmPart of(DriftStory story) {
    DriftRecord record = story.record();
    List<Example> before = record.examplesBefore().stream().map(this::example).toList();
    List<Example> since = record.examplesSince().stream().map(this::example).toList();
    return new AlarmPart(
        "alarm-" + story.alarm().id(),
        Words.begin(record.headline()),
        rate(record.before()),
        rate(record.since()),
        effect(record),
        moments.of(record.began()),
        moments.of(record.earliest()),
        moments.of(record.latest()),
        moments.of(record.foundAt()),
        "in run %s since the baseline was learnt, %s and %s after it probably began"
            .formatted(
                Figures.exact(record.runs()),
                Figures.of(record.delayRuns(), "run", "runs"),
                Took.of(Duration.ofSeconds(record.delaySeconds()))),
        "An agent that stays as it is has one alarm in %s runs on average, of all %s together"
            .formatted(
                Figures.exact(Math.round(record.runLength())),
                Figures.of(record.traits(), "thing that is watched", "things that are watched")),
        story.causes().stream().map(this::row).toList(),
        story.causes().isEmpty()
            ? "It cannot be told. No version, release, other model, undeclared change or update of"
                + " data is known that fits the time when it began."
            : "",
        before,
        since,
        comparison(before, since));
  }

  private CauseRow row(Cause cause) {
    return new CauseRow(
        Words.begin(cause.moment().title()),
        cause.moment().detail(),
        "/" + cause.moment().page(),
        cause.moment().kind().plural(),
        moments.of(cause.moment().at()),
        String.format(Locale.ROOT, "%.2f", cause.weight()),
        Words.begin(cause.why()));
  }

  private Example example(String id) {
    return traces
        .run(id)
        .map(run ->
            new Example(
                Ids.middle(id),
                "/runs/" + Percent.encoded(id),
                Mark.of(run.status()),
                said(run),
                moments.of(run.startedAt())))
        .orElseGet(() -> new Example(Ids.middle(id), "", null, "is no longer kept", null));
  }

  private static String said(Run run) {
    String outcome = run.outcome();
    return (outcome == null ? "no outcome" : outcome)
        + ", "
        + Figures.of(run.steps(), "step", "steps")
        + ", "
        + Took.of(run.duration());
  }

  /// The last of before with the first since.
  private static String comparison(List<Example> before, List<Example> since) {
    List<Example> ofBefore = before.stream().filter(run -> !run.href().isEmpty()).toList();
    List<Example> ofSince = since.stream().filter(run -> !run.href().isEmpty()).toList();
    return ofBefore.isEmpty() || ofSince.isEmpty()
        ? ""
        : ofBefore.getLast().href()
            + "/compare/"
            + ofSince.getFirst().href().substring("/runs/".length());
  }

  private static Rate rate(DriftRecord.Share share) {
    return new Rate(share.part(), share.whole());
  }

  private static String effect(DriftRecord record) {
    return String.format(
        Locale.ROOT, "%+.1f points", 100 * (record.since().share() - record.before().share()));
  }
}
