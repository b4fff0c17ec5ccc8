// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.alert.AlertsPage.ReadingRow;
import dev.steward.console.alert.AlertsPage.Row;
import dev.steward.console.alert.AlertsPage.SilenceRow;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.control.alert.Alert;
import dev.steward.domain.Percent;
import dev.steward.control.alert.Silence;
import dev.steward.control.incident.Concern;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.insight.alert.AlertSight;
import dev.steward.insight.alert.Standing;
import dev.steward.insight.alert.ThresholdReading;
import dev.steward.insight.alert.ThresholdReading.Beyond;
import dev.steward.insight.alert.ThresholdReading.NotEnough;
import dev.steward.insight.alert.ThresholdReading.Within;
import java.util.List;

/// Makes the list of alerts.
record AlertsPages(Framer framer) {
  private static final int SHOWN_MAX = 500;
  private static final String MANIFEST =
      """
      steward apply -f - <<END
      apiVersion: steward/v1
      kind: AlertRule
      metadata: {name: trouble}
      spec:
        findings: {severity: warning}
        routes: [on-call]
        escalate: {after: 30m, routes: [managers]}
      END\
      """;

  AlertsPage page(
      Visit visit, AlertSight sight, List<ThresholdReading> readings, String done, String wrong) {
    Moments moments = framer.moments(visit.request());
    AlertFilters filters = new AlertFilters(visit.request());
    State state = sight.state();
    List<Alert> all = sight.alerts(moments.now());
    List<Row> rows =
        all.stream()
            .filter(alert -> filters.takes(alert, state, moments.now()))
            .limit(SHOWN_MAX)
            .map(alert -> row(alert, state, moments))
            .toList();
    return new AlertsPage(
        framer.single(visit.request(), "Alerts", "alerts", List.of(), ""),
        lede(all, state, moments),
        done,
        wrong,
        filters.bar(all),
        rows,
        rows.isEmpty() ? none(filters) : null,
        sight.silences().stream().map(each -> silence(visit, each, sight, moments)).toList(),
        readings.stream().filter(sight::sees).map(AlertsPages::reading).toList());
  }

  private static String lede(List<Alert> all, State state, Moments moments) {
    long firing = count(all, Standing.FIRING, state, moments);
    long silenced = count(all, Standing.SILENCED, state, moments);
    String hidden = silenced == 0 ? "" : " " + Figures.count(silenced) + " silenced.";
    return firing == 0
        ? "Nothing fires that people are told of." + hidden
        : Figures.of(firing, "alert fires", "alerts fire") + "." + hidden;
  }

  private static long count(List<Alert> all, Standing standing, State state, Moments moments) {
    return all.stream()
        .filter(alert -> Standing.of(alert, state.alerts(), moments.now()) == standing)
        .count();
  }

  private static Empty none(AlertFilters filters) {
    return filters.any()
        ? Empty.of("No alert is like that", "Take a filter away.", new Link("All", "/alerts"))
        : Empty.of(
                "There is no alert",
                "An AlertRule says what fires, whom it is told, and who else when nobody answers.",
                new Link("What is wrong now", "/now"))
            .withCopy(MANIFEST);
  }

  private static Row row(Alert alert, State state, Moments moments) {
    Alert.Told last = alert.told().isEmpty() ? null : alert.told().getLast();
    return new Row(
        AlertSection.href(alert.id()),
        AlertWords.title(alert, state),
        AlertWords.mark(alert, state, moments.now()),
        Fields.word(alert.level()),
        alert.rule(),
        alert.agents().isEmpty() ? "the server" : Concern.words(alert.agents()),
        moments.of(alert.raisedAt()),
        last == null ? "" : String.join(", ", last.channels()),
        last == null ? null : moments.of(last.at()),
        AlertWords.next(alert, state, moments));
  }

  private static SilenceRow silence(
      Visit visit, Silence silence, AlertSight sight, Moments moments) {
    State state = sight.state();
    boolean active = silence.active(moments.now());
    long hides =
        state.alerts().open().stream()
            .filter(alert -> silence.covers(alert) && sight.sees(alert))
            .count();
    return new SilenceRow(
        silence.words(),
        active ? new Mark(Mark.Tone.WAITING, "Holds") : new Mark(Mark.Tone.OK, "Over"),
        moments.of(silence.until()),
        active ? Figures.of(hides, "open alert", "open alerts") : "",
        ActorName.of(silence.by(), state),
        state.text(silence.reason()).orElse("words that were erased"),
        active && sight.operates(silence) ? AlertDeeds.lift(visit, silence) : null);
  }

  private static ReadingRow reading(ThresholdReading reading) {
    return new ReadingRow(
        reading.rule().name(),
        reading.environment().isEmpty()
            ? reading.agent()
            : reading.agent() + " in " + reading.environment(),
        "/agents/" + Percent.encoded(reading.agent()),
        switch (reading.said()) {
          case Beyond _ -> new Mark(Mark.Tone.CRITICAL, "Beyond");
          case Within _ -> new Mark(Mark.Tone.OK, "Within");
          case NotEnough _ -> new Mark(Mark.Tone.UNKNOWN, "Not enough data");
        },
        switch (reading.said()) {
          case Beyond(var value) -> reading.shown(value);
          case Within(var value) -> reading.shown(value);
          case NotEnough(String why) -> why;
        },
        "%s %s %s over %s"
            .formatted(
                Fields.word(reading.threshold().measure()),
                Fields.word(reading.threshold().side()),
                reading.shown(reading.threshold().limit()),
                Durations.write(reading.threshold().window())),
        Figures.of(reading.runs(), "run", "runs"));
  }
}
