// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.alert.AlertPage.Firing;
import dev.steward.console.alert.AlertPage.Told;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.control.alert.Alert;
import dev.steward.domain.Percent;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.IncidentAddress;
import dev.steward.control.outbox.AlertNotices;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AlertRule;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the page of one alert.
record AlertPages(Framer framer) {
  private static final String ERASED = "words that were erased";

  /// @param found all that is wrong now
  /// @param deliveries of the alert, the newest first
  AlertPage one(
      Visit visit,
      Alert alert,
      State state,
      List<Finding> found,
      List<Delivery> deliveries,
      List<Deed> deeds,
      String done,
      String wrong) {
    Moments moments = framer.moments(visit.request());
    String title = AlertWords.title(alert, state);
    return new AlertPage(
        framer.single(
            visit.request(), title, "alerts", List.of(new Crumb("Alerts", "/alerts")), ""),
        title,
        AlertWords.mark(alert, state, moments.now()),
        Fields.word(alert.level()),
        state.text(alert.why()).orElse(ERASED),
        done,
        wrong,
        deeds,
        state.find(AlertRule.class, alert.rule()).map(AlertRule::runbook).orElse(""),
        facts(alert, state, moments),
        firing(alert, found),
        told(alert, deliveries, moments),
        AlertWords.next(alert, state, moments));
  }

  private static List<Fact> facts(Alert alert, State state, Moments moments) {
    List<Fact> facts = new ArrayList<>();
    if (alert.agents().isEmpty()) {
      facts.add(Fact.of("About", "the server"));
    }
    for (Concern concern : alert.agents()) {
      Digest version = state.environments(concern.agent()).get(concern.environment());
      Fact about =
          Fact.of("About", concern.words()).to("/agents/" + Percent.encoded(concern.agent()));
      facts.add(version == null ? about : about.noted("version " + Ids.version(version.hex())));
    }
    facts.add(Fact.of("Rule", alert.rule()));
    facts.add(
        Fact.of("Raised", moments.of(alert.raisedAt()).shown())
            .noted("it began " + moments.of(alert.began()).shown()));
    Alert.Answer answer = alert.answer();
    facts.add(
        answer == null
            ? Fact.of("Acknowledged", "by nobody yet")
            : Fact.of("Acknowledged", "by " + ActorName.of(answer.by(), state))
                .noted(
                    moments.of(answer.at()).shown()
                        + ": "
                        + state.text(answer.reason()).orElse(ERASED)));
    Instant over = alert.resolvedAt();
    if (over != null) {
      facts.add(
          Fact.of("Resolved", moments.of(over).shown())
              .noted("after " + Took.about(Duration.between(alert.raisedAt(), over))));
    }
    state
        .incidents()
        .find(alert.incident())
        .ifPresent(incident ->
            facts.add(
                Fact.of("Incident", incident.status().word())
                    .to("/" + IncidentAddress.of(incident.id()))));
    facts.add(
        Fact.mono("Id", alert.id()).to(PageUrl.of("/ledger").with("thing", alert.id()).toString()));
    return facts;
  }

  private static List<Firing> firing(Alert alert, List<Finding> found) {
    Map<String, Finding> byId = new HashMap<>();
    found.forEach(finding -> byId.put(finding.id(), finding));
    List<Firing> firing = new ArrayList<>();
    for (String id : alert.findings()) {
      Optional<Finding> finding = Optional.ofNullable(byId.get(id));
      List<Link> links = new ArrayList<>();
      finding.ifPresent(each -> each.evidence().stream().map(AlertPages::link).forEach(links::add));
      firing.add(
          new Firing(
              id,
              finding.map(Finding::title).orElse("It is not found any more"),
              finding.map(Finding::why).orElse(""),
              links));
    }
    for (String agent : alert.agents().stream().map(Concern::agent).distinct().toList()) {
      firing.add(
          new Firing(
              "",
              "All of " + agent,
              "",
              List.of(
                  new Link("its runs", PageUrl.of("/runs").with("agent", agent).toString()),
                  new Link("its timeline", "/agents/" + Percent.encoded(agent) + "/timeline"))));
    }
    return firing;
  }

  private static Link link(Way way) {
    return new Link(way.words(), new PageUrl("/" + way.page(), way.filters()).toString());
  }

  /// What the ledger says was told, with what became of it; then who was told of the answer and the
  /// end.
  private static List<Told> told(Alert alert, List<Delivery> deliveries, Moments moments) {
    List<Told> told = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      told.add(
          new Told(
              moments.of(delivery.notice().at()),
              what(delivery),
              delivery.channel(),
              AlertWords.arrived(delivery),
              delivery.trouble()));
    }
    for (Alert.Told each : alert.told().reversed()) {
      boolean known = deliveries.stream().anyMatch(d -> d.notice().at().equals(each.at()));
      if (!known) {
        told.add(
            new Told(
                moments.of(each.at()),
                AlertWords.stage(each.stage()),
                each.channels().isEmpty() ? "no channel" : String.join(", ", each.channels()),
                each.channels().isEmpty()
                    ? new Mark(Mark.Tone.CRITICAL, "Nobody")
                    : new Mark(Mark.Tone.UNKNOWN, "Told"),
                each.channels().isEmpty() ? "none of the channels is declared" : ""));
      }
    }
    return told;
  }

  private static String what(Delivery delivery) {
    return switch (delivery.notice().event()) {
      case AlertNotices.ACKNOWLEDGED -> "Acknowledged";
      case AlertNotices.RESOLVED -> "Resolved";
      default ->
          switch (delivery.notice().data().getOrDefault("stage", "")) {
            case "repeat" -> "Told again";
            case "worse" -> "It got worse";
            case "escalation" -> "Escalated";
            default -> "First notice";
          };
    };
  }
}
