// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Happening;
import dev.steward.console.chart.Measure;
import dev.steward.console.chart.Trend;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import dev.steward.console.release.CanaryPart.JudgementRow;
import dev.steward.console.release.CanaryPart.TestRow;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Release;
import dev.steward.insight.canary.CanaryRecord;
import dev.steward.insight.canary.CanaryRecord.Bounds;
import dev.steward.insight.canary.CanaryRecord.CanaryPoint;
import dev.steward.insight.canary.CanaryRecord.TestReading;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the part of a release's page that shows how it is tried.
///
/// @param csrf for the form
/// @param deploys whether the reader may change the weight
record CanaryParts(Moments moments, String csrf, boolean deploys) {
  private static final String SUCCESS = "success";
  private static final double PER_DECADE = Math.log(10);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final List<String> STEPS = List.of("1%", "5%", "10%", "25%", "50%", "75%", "90%");

  /// @param said what is said of it, empty while nothing was judged
  @Nullable CanaryPart of(ReleaseRecord record, Optional<CanaryRecord> said) {
    if (record.tried().isEmpty()) {
      return null;
    }
    Rollout rollout = record.tried().get();
    return new CanaryPart(
        said.map(last -> mark(last.verdict()))
            .orElse(new Mark(Mark.Tone.UNKNOWN, "Not judged yet")),
        said.map(CanaryRecord::why).orElse("It is judged within seconds of its runs."),
        facts(record.release(), rollout, said),
        more(record, rollout),
        said.map(last -> difference(record.release(), rollout, last)).orElse(null),
        said.map(last -> evidence(rollout, last)).orElse(null),
        said.map(last -> last.readings().stream().map(CanaryParts::row).toList()).orElse(List.of()),
        rollout.judgements().reversed().stream().map(this::row).toList());
  }

  private static List<Fact> facts(Release release, Rollout rollout, Optional<CanaryRecord> said) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.of("Weight", CanaryTerms.percent(rollout.weight()))
            .noted("of the conversations that begin; who was assigned stays"));
    facts.add(
        Fact.mono("Control", ReleaseWords.version(rollout.control())).noted("all others get it"));
    said.flatMap(CanaryRecord::success)
        .ifPresent(success -> {
          facts.add(
              Fact.of(
                  "Outcomes of the control",
                  Figures.count(success.controlUnits()) + ", " + percent(success.control())));
          facts.add(
              Fact.of(
                  "Outcomes of the canary",
                  Figures.count(success.canaryUnits()) + ", " + percent(success.canary())));
        });
    release
        .terms()
        .forEach((word, value) -> {
          if (!word.equals("weight")) {
            facts.add(Fact.of(word.replace('-', ' '), value));
          }
        });
    return facts;
  }

  private @Nullable Deed more(ReleaseRecord record, Rollout rollout) {
    if (!deploys || !record.state().open()) {
      return null;
    }
    for (String step : STEPS) {
      if (CanaryTerms.weight(step).compareTo(rollout.weight()) > 0) {
        Release release = record.release();
        return new Deed(
            "weight",
            Track.href(release.id()) + "/weight",
            csrf,
            Map.of("weight", step),
            "Give it " + step + " of the conversations of " + release.agent(),
            "Conversations that begin from now on are assigned by it; nobody who was assigned is"
                + " moved.",
            "Reason, kept in the ledger",
            false);
      }
    }
    return null;
  }

  private Chart difference(Release release, Rollout rollout, CanaryRecord said) {
    List<Trend.Point> points = new ArrayList<>();
    BigDecimal accepted = release.canaryTerms().accepted().multiply(HUNDRED).negate();
    BigDecimal top = BigDecimal.ZERO;
    for (CanaryPoint point : said.curve()) {
      Bounds interval = point.interval();
      if (interval == null) {
        points.add(new Trend.Point(point.at(), null, point.units(), ""));
      } else {
        top = top.max(points(interval.upper()));
        points.add(
            new Trend.Point(
                point.at(),
                points(point.difference()),
                points(interval.lower()),
                points(interval.upper()),
                point.units(),
                ""));
      }
    }
    return trend(
        "Difference in success",
        Measure.POINTS,
        rollout,
        said,
        points,
        new Trend.Baseline(accepted, top, "what is accepted"));
  }

  private Chart evidence(Rollout rollout, CanaryRecord said) {
    List<Trend.Point> points = new ArrayList<>();
    BigDecimal least = BigDecimal.ZERO;
    for (CanaryPoint point : said.curve()) {
      Double logarithm = point.logEvidence().get(SUCCESS);
      BigDecimal value = logarithm == null ? null : decades(logarithm);
      least = value == null ? least : least.min(value);
      points.add(new Trend.Point(point.at(), value, point.units(), ""));
    }
    double threshold = said.success().map(TestReading::threshold).orElse(PER_DECADE);
    return trend(
        "E-value of fewer successes",
        Measure.EVIDENCE,
        rollout,
        said,
        points,
        new Trend.Baseline(least, decades(threshold), "below what rolls it back"));
  }

  private Chart trend(
      String title,
      Measure measure,
      Rollout rollout,
      CanaryRecord said,
      List<Trend.Point> points,
      Trend.Baseline baseline) {
    Instant from = rollout.startedAt();
    Instant last = said.curve().isEmpty() ? from : said.curve().getLast().at();
    Instant least = from.plusSeconds(60);
    List<Happening> happenings = new ArrayList<>();
    for (Rollout.Weight step : rollout.weights()) {
      String percent = CanaryTerms.percent(step.weight());
      happenings.add(
          new Happening(
              step.since(), Happening.Kind.RELEASE, percent, "its weight became " + percent, ""));
    }
    return new Trend(
            title,
            measure,
            "",
            from,
            last.isAfter(least) ? last : least,
            points,
            baseline,
            happenings,
            moments.zone())
        .draw();
  }

  private static TestRow row(TestReading line) {
    Bounds interval = line.interval();
    boolean success = line.name().equals(SUCCESS);
    boolean shares = success || line.name().startsWith("tail") || line.name().contains("told");
    return new TestRow(
        line.name(),
        line.crossedAt() == null
            ? new Mark(Mark.Tone.OK, "Within its threshold")
            : new Mark(Mark.Tone.CRITICAL, "Crossed at " + line.crossedAt()),
        shares ? percent(line.control()) : number(line.control()),
        shares ? percent(line.canary()) : number(line.canary()),
        Figures.count(line.controlUnits()) + " and " + Figures.count(line.canaryUnits()),
        interval == null
            ? ""
            : success
                ? percent(interval.lower()) + " to " + percent(interval.upper())
                : "times " + number(interval.lower()) + " to " + number(interval.upper()),
        Measure.EVIDENCE.words(decades(line.logEvidence())),
        Measure.EVIDENCE.words(decades(line.threshold())));
  }

  private JudgementRow row(Rollout.Judgement said) {
    return new JudgementRow(
        mark(said.verdict()),
        said.rule().replace('-', ' '),
        said.why(),
        Figures.count(said.units()),
        moments.of(said.at()));
  }

  private static Mark mark(String verdict) {
    return CanaryVerdict.of(verdict)
        .map(known ->
            switch (known) {
              case PROMOTE -> new Mark(Mark.Tone.OK, "Promote");
              case ROLL_BACK -> new Mark(Mark.Tone.CRITICAL, "Roll back");
              case HOLD -> new Mark(Mark.Tone.RUNNING, "Go on");
              case INCONCLUSIVE -> new Mark(Mark.Tone.WARNING, "Inconclusive");
            })
        .orElse(new Mark(Mark.Tone.UNKNOWN, verdict));
  }

  private static BigDecimal points(double share) {
    return BigDecimal.valueOf(Math.clamp(100 * share, -100, 100));
  }

  private static BigDecimal decades(double naturalLogarithm) {
    return BigDecimal.valueOf(Math.clamp(naturalLogarithm / PER_DECADE, -3, 300));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Figures.count((long) value)
        : BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
