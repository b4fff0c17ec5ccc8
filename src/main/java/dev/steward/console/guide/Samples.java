// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.guide;

import dev.steward.console.answer.Answer;
import dev.steward.console.chart.Chart;
import dev.steward.console.diff.TextDiff;
import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Filter;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.SortHead;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Fact;
import dev.steward.console.part.FilterBar;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Pager;
import dev.steward.console.part.Sparkline;
import dev.steward.console.proposal.ProposalsPage;
import dev.steward.console.release.TrackStage;
import dev.steward.console.run.RunPage;
import dev.steward.console.run.StepView;
import dev.steward.console.run.WaterfallRow;
import dev.steward.domain.Cost;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One of each component in each of its states, with made-up content that says so.
public record Samples(Frame frame) {
  private static final String BEFORE =
      """
      You decide claims of households.
      Pay up to 5,000 USD.
      Ask fraud-check before each payout.
      Refuse what was reported later than 30 days.
      Answer in the customer's language.
      Never promise a date.
      Say which clause you decided by.
      Sign as the claims team.
      """;
  private static final String AFTER =
      """
      You decide claims of households.
      Pay up to 8,000 USD.
      Ask fraud-check before each payout.
      Answer in the customer's language.
      Never promise a date.
      Say which clause you decided by.
      Name the handbook's edition.
      Sign as the claims team.
      """;

  public List<String> colours() {
    return List.of(
        "bg",
        "bg-sunk",
        "bg-hover",
        "bg-press",
        "line",
        "line-strong",
        "edge",
        "text",
        "text-2",
        "text-3",
        "accent",
        "accent-bg",
        "accent-line",
        "ok",
        "ok-bg",
        "warning",
        "warning-bg",
        "critical",
        "critical-bg",
        "waiting",
        "waiting-bg",
        "unknown",
        "unknown-bg",
        "band",
        "part-1",
        "part-2",
        "part-3",
        "part-4",
        "part-5",
        "part-6",
        "part-7");
  }

  public List<Mark> marks() {
    return List.of(
        new Mark(Mark.Tone.OK, "Ok"),
        new Mark(Mark.Tone.WARNING, "Warning"),
        new Mark(Mark.Tone.CRITICAL, "Critical"),
        new Mark(Mark.Tone.WAITING, "Waiting"),
        new Mark(Mark.Tone.RUNNING, "Working"),
        new Mark(Mark.Tone.UNKNOWN, "Unknown"));
  }

  public List<CostText> costs() {
    return List.of(
        CostText.of(new Cost.Known(new BigDecimal("0.020381"), "USD", Cost.Source.PRICED, "x")),
        CostText.of(new RunCost(new BigDecimal("34.7154"), "USD", 12, 2)),
        CostText.of(new Cost.Unknown("no price is known of the model")),
        CostText.of(RunCost.NONE));
  }

  public List<Rate> rates() {
    return List.of(new Rate(901, 988), new Rate(3, 3), new Rate(0, 0));
  }

  public List<Moment> moments() {
    return List.of(
        frame.moments().of(frame.moments().now().minusSeconds(4)),
        frame.moments().of(frame.moments().now().minus(Duration.ofHours(3))),
        frame.moments().of(frame.moments().now().minus(Duration.ofDays(12))));
  }

  public Sparkline sparkline() {
    return Sparkline.of(List.of(2L, 5L, 3L, 8L, 13L, 9L, 11L, 4L, 6L, 7L), "a made-up number");
  }

  public FilterBar filters() {
    return new FilterBar(
        "/styleguide",
        true,
        "Name, owner, model",
        "",
        List.of(
            new Filter("agent", "Agent", Choice.anyOr(List.of("claims", "refunds"), null)),
            new Filter("status", "Status", Choice.anyOr(List.of("failed", "ok"), "failed"))),
        Map.of());
  }

  public List<SortHead> heads() {
    SortHead.Table table = new SortHead.Table(PageUrl.of("/styleguide"), "started", "cost", true);
    return List.of(table.head("Started", "started"), table.head("USD", "cost"));
  }

  public List<Fact> facts() {
    return List.of(
        Fact.of("Owner", "Tomas Reyes").to("/fleet"),
        Fact.of("Risk", "high").noted("pays money"),
        Fact.mono("Digest", "e07b5f2a9c4c19"),
        Fact.of("On call", ""));
  }

  public Pager pager() {
    return new Pager(
        "50 runs, more follow", "/styleguide", "Newest", "/styleguide", "Older runs", true);
  }

  public List<Empty> empties() {
    return List.of(
        Empty.of(
            "No run matches",
            "No run in the last hour has failed.",
            new Link("Take the filters off", "/styleguide")),
        Empty.of("No agent has sent anything yet", "Set this where your agent runs, and run it.")
            .withCopy("export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318"));
  }

  public List<Deed> deeds() {
    return List.of(
        deed("a", "Revoke the key of refunds", "Its next span is refused. Runs go on.", true),
        deed("b", "Place a hold on 12 runs", "They are kept beyond the retention.", false));
  }

  private Deed deed(String id, String words, String consequence, boolean danger) {
    return new Deed(
        id, "/styleguide", frame.csrf(), Map.of(), words, consequence, "Reason", danger);
  }

  public Chart trend() {
    return SampleCharts.trend(frame.moments());
  }

  public Chart gaps() {
    return SampleCharts.gaps(frame.moments());
  }

  public Chart bars() {
    return SampleCharts.bars(frame.moments());
  }

  public Chart nothing() {
    return SampleCharts.nothing(frame.moments());
  }

  public List<RunPage.Tab> tabs() {
    return SampleRun.tabs();
  }

  public List<RunPage.Jump> jumps() {
    return SampleRun.jumps();
  }

  public List<Answer> answers() {
    return SampleRun.answers();
  }

  public List<StepView> steps() {
    return SampleRun.steps();
  }

  public List<WaterfallRow> rows() {
    return SampleRun.rows();
  }

  public List<TrackStage> track() {
    Moment since = frame.moments().of(frame.moments().now().minus(Duration.ofDays(2)));
    Mark force = new Mark(Mark.Tone.OK, "In force");
    Mark nothing = new Mark(Mark.Tone.UNKNOWN, "Nothing in force");
    Link release = new Link("its release", "/styleguide");
    Link open = new Link("v14, rolling out", "/styleguide");
    Deed back =
        deed("back", "Roll claims in canary back to v12", "For its next call.", true)
            .shown("Roll back");
    Deed start =
        deed("start", "Release v13 of claims to production", "Once gates hold.", false)
            .shown("Release v13");
    return List.of(
        new TrackStage("development", force, "v14", null, null, null, List.of(), false),
        new TrackStage("staging", force, "v13", since, release, open, List.of(), true),
        new TrackStage("canary", force, "v13", since, release, null, List.of(back), false),
        new TrackStage("production", nothing, "", null, null, null, List.of(start), false));
  }

  public List<ProposalsPage.Card> proposals() {
    return List.of(
        new ProposalsPage.Card(
            "proposed",
            "/styleguide#proposed-change",
            "Policy payouts",
            new Mark(Mark.Tone.WAITING, "Waits for a second person"),
            "expansion",
            "Dana Okafor",
            frame.moments().of(frame.moments().now().minus(Duration.ofMinutes(12))),
            List.of("claims may pay up to 8,000 USD without approval"),
            List.of("claims may no longer pay on Sundays"),
            List.of(
                new ProposalsPage.Field("Policy payouts", "spec.rules.1.when", "5,000", "8,000"),
                new ProposalsPage.Field("Policy payouts", "spec.rules.2", "", "deny on Sundays")),
            "",
            List.of(deed("c", "Accept the change", "It is in force for the next call.", false)),
            ""));
  }

  public TextDiff diff() {
    return TextDiff.of("v13", BEFORE, "v14", AFTER);
  }

  public TextDiff same() {
    return TextDiff.of("v13", BEFORE, "v13", BEFORE);
  }
}
