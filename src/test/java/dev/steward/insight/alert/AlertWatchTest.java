// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.AlertStatus;
import dev.steward.control.alert.Stage;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Level;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.insight.alert.ThresholdReading.NotEnough;
import dev.steward.insight.alert.ThresholdReading.Within;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertWatchTest {
  private static final String CHANNELS =
      """
      apiVersion: steward/v1
      kind: Channel
      metadata: {name: on-call}
      spec: {type: webhook, url: "https://example.com/hook"}
      ---
      apiVersion: steward/v1
      kind: Channel
      metadata: {name: managers}
      spec: {type: webhook, url: "https://example.com/managers"}
      """;

  @TempDir private Path folder;
  private final List<Finding> found = new ArrayList<>();
  private final List<ThresholdReading> readings = new ArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private boolean ready = true;
  private int looks;
  private int reads;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, Yaml.agent("lookup"), CHANNELS));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatIsFoundFiresTheRuleThatIsForItAndGoesAwayWithIt() {
    rule("findings: {kinds: [failing], severity: warning}, agents: [lookup, refunds]");
    found.add(finding("failing/lookup", Severity.WARNING, "lookup", "staging"));
    found.add(finding("silent/lookup", Severity.CRITICAL, "lookup", "staging"));
    found.add(finding("failing/other", Severity.CRITICAL, "other", "staging"));
    look();
    look();

    Alert alert = only();
    assertThat(alert.findings()).containsExactly("failing/lookup");
    assertThat(alert.agents()).containsExactly(new Concern("lookup", "staging"));
    assertThat(alert.told()).extracting(Alert.Told::stage).containsExactly(Stage.FIRST);

    found.removeFirst();
    look();
    assertThat(only().status()).isEqualTo(AlertStatus.RESOLVED);
    look();
    assertThat(fixture.state().alerts().all()).hasSize(1);
  }

  @Test
  void labelsAndEnvironmentsNarrowAndTooLittleSeverityDoesNotFire() {
    rule(
        "findings: {severity: critical}, agents: {labels: {team: support}},"
            + " environments: [production]");
    found.add(finding("failing/refunds", Severity.CRITICAL, "refunds", "staging"));
    found.add(finding("failing/lookup", Severity.CRITICAL, "lookup", "production"));
    found.add(finding("silent/refunds", Severity.WARNING, "refunds", "production"));
    look();
    assertThat(fixture.state().alerts().all()).isEmpty();

    found.add(finding("drift/d-1", Severity.CRITICAL, "refunds", "production"));
    look();
    assertThat(only().findings()).containsExactly("drift/d-1");
  }

  @Test
  void groupsMakeOneAlertForAnAgentForTheRuleOrForEachFinding() {
    found.add(finding("failing/lookup", Severity.WARNING, "lookup", "staging"));
    found.add(finding("silent/lookup", Severity.CRITICAL, "lookup", "staging"));
    found.add(finding("failing/refunds", Severity.WARNING, "refunds", "staging"));
    rule("findings: {}");
    look();
    assertThat(fixture.state().alerts().open())
        .extracting(Alert::group)
        .containsExactly("lookup", "refunds");
    assertThat(fixture.state().alerts().open().getFirst().level()).isEqualTo(Level.CRITICAL);

    rule("findings: {}, group: rule");
    look();
    assertThat(fixture.state().alerts().open())
        .as("another grouping ends what was grouped otherwise")
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.findings()).hasSize(3);
          assertThat(fixture.state().text(alert.title()).orElseThrow()).endsWith("and 2 more");
        });

    rule("findings: {}, group: finding");
    look();
    assertThat(fixture.state().alerts().open()).hasSize(3);
  }

  @Test
  void namesThatAnybodyInventsMakeNoMoreAlertsThanARuleMayHave() {
    rule("findings: {}");
    for (int i = 0; i < 150; i++) {
      found.add(finding("stranger/n" + (100 + i), Severity.WARNING, "n" + (100 + i), "staging"));
    }
    look();
    assertThat(fixture.state().alerts().all()).hasSize(101);
    Alert rest = fixture.state().alerts().open("r", "*").orElseThrow();
    assertThat(fixture.state().text(rest.title()).orElseThrow()).endsWith("and 49 more");

    for (int i = 0; i < 150; i++) {
      found.add(finding("stranger/a" + i, Severity.CRITICAL, "a" + i, "staging"));
    }
    look();
    assertThat(fixture.state().alerts().all())
        .as("those that are open stay, whoever else comes")
        .hasSize(101);
    assertThat(fixture.state().alerts().open("r", "*").orElseThrow().level())
        .isEqualTo(Level.CRITICAL);

    found.add(finding("silent/refunds", Severity.NOTE, "refunds", "staging"));
    rule("findings: {severity: note}");
    look();
    assertThat(fixture.state().alerts().open("r", "refunds"))
        .as("whoever is registered is not crowded out")
        .isPresent();
    assertThat(fixture.state().alerts().open()).hasSize(101);
  }

  @Test
  void whatIsAboutTheServerIsOfNoAgent() {
    rule("findings: {}, group: rule");
    found.add(finding("failing/lookup", Severity.WARNING, "lookup", "staging"));
    found.add(
        new Finding(
            "server/disk",
            Severity.CRITICAL,
            Subject.SERVER,
            "The disk is full",
            "1 MB left",
            null,
            List.of(),
            List.of()));
    look();
    assertThat(only().agents()).isEmpty();
  }

  @Test
  void nobodyAnswersAndOthersAreToldAfterARestartToo() {
    rule("findings: {}, escalate: {after: 30m, routes: [managers]}, repeat: 20m");
    found.add(finding("failing/lookup", Severity.WARNING, "lookup", "staging"));
    look();
    fixture.pass(Duration.ofMinutes(21));
    look();
    fixture.restart();
    look();
    assertThat(only().told())
        .extracting(Alert.Told::stage)
        .containsExactly(Stage.FIRST, Stage.REPEAT);
    fixture.pass(Duration.ofMinutes(10));
    look();
    look();
    assertThat(only().told())
        .extracting(Alert.Told::stage)
        .containsExactly(Stage.FIRST, Stage.REPEAT, Stage.ESCALATION);
    assertThat(only().told().getLast().channels()).containsExactly("managers");
  }

  @Test
  void whoAnswersIsNotPassedOver() {
    rule("findings: {}, escalate: {after: 30m, routes: [managers]}, repeat: 20m");
    found.add(finding("failing/lookup", Severity.WARNING, "lookup", "staging"));
    look();
    fixture.submit(new Command.AcknowledgeAlert(only().id(), "I look"));
    fixture.pass(Duration.ofHours(5));
    look();
    assertThat(only().told()).hasSize(1);

    found.add(finding("silent/lookup", Severity.CRITICAL, "lookup", "staging"));
    look();
    assertThat(only().told().getLast().stage()).isEqualTo(Stage.WORSE);
  }

  @Test
  void anIncidentIsOpenedOnceForAnAlertAndNotWhileItIsSilenced() {
    rule("findings: {}, repeat: 1m, opensIncident: true, incidentSeverity: critical");
    found.add(finding("failing/lookup", Severity.WARNING, "lookup", "staging"));
    fixture.submit(
        new Command.SilenceAlerts(
            "s-1", "", "lookup", "", fixture.state().at().plusSeconds(600), "a visit"));
    look();
    assertThat(fixture.state().incidents().all()).isEmpty();
    fixture.pass(Duration.ofMinutes(11));
    look();
    fixture.pass(Duration.ofMinutes(2));
    look();

    assertThat(only().told()).hasSize(2);
    assertThat(fixture.state().incidents().all()).hasSize(1);
    Incident incident = fixture.state().incidents().all().getFirst();
    assertThat(incident.id()).isEqualTo(only().incident());
    assertThat(incident.severity().word()).isEqualTo("critical");
    assertThat(incident.agents()).containsExactly(new Concern("lookup", "staging"));
  }

  @Test
  void aRuleThatIsGoneEndsItsAlerts() {
    rule("findings: {}");
    found.add(finding("failing/lookup", Severity.WARNING, "lookup", "staging"));
    look();
    fixture.submit(new Command.DeleteResource("AlertRule", "r"));
    look();
    assertThat(only().status()).isEqualTo(AlertStatus.RESOLVED);
  }

  @Test
  void aThresholdWithTooLittleToSayDoesNotSayThatAllIsWell() {
    rule("threshold: {measure: errors, above: 0.1}");
    found.add(finding("threshold/r/lookup", Severity.WARNING, "lookup", "staging"));
    look();
    found.clear();
    readings.add(reading(new NotEnough("3 of at least 20 runs")));
    look();
    assertThat(only().status()).isEqualTo(AlertStatus.FIRING);
    readings.set(0, reading(new Within(new BigDecimal("0.02"))));
    look();
    assertThat(only().status()).isEqualTo(AlertStatus.RESOLVED);
  }

  @Test
  void thresholdsAreReadOnceHoweverManyAlertsEnd() {
    rule("threshold: {measure: errors, above: 0.1}");
    found.add(finding("threshold/r/lookup", Severity.WARNING, "lookup", "staging"));
    found.add(finding("threshold/r/refunds", Severity.WARNING, "refunds", "staging"));
    look();
    found.clear();
    look();
    assertThat(fixture.state().alerts().open()).isEmpty();
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void nothingIsLookedForWithoutARuleOrBeforeAllCanBeRead() {
    look();
    assertThat(looks).isZero();
    rule("findings: {}");
    ready = false;
    look();
    assertThat(looks).isZero();
    ready = true;
    look();
    assertThat(looks).isEqualTo(1);
  }

  private ThresholdReading reading(ThresholdReading.Said said) {
    AlertRule rule = fixture.state().find(AlertRule.class, "r").orElseThrow();
    return new ThresholdReading(rule, (Threshold) rule.trigger(), "lookup", "", Set.of(), 3, said);
  }

  private void rule(String spec) {
    fixture.apply(
        "apiVersion: steward/v1\nkind: AlertRule\nmetadata: {name: r}\nspec: {"
            + spec
            + ", routes: [on-call]}\n");
  }

  private Alert only() {
    assertThat(fixture.state().alerts().all()).hasSize(1);
    return fixture.state().alerts().all().getFirst();
  }

  private void look() {
    try (AlertWatch watch =
        new AlertWatch(
            fixture.control(),
            () -> {
              looks++;
              return List.copyOf(found);
            },
            () -> {
              reads++;
              return readings;
            },
            fixture::now,
            () -> "a-" + ids.incrementAndGet(),
            () -> ready,
            Duration.ofMinutes(1))) {
      watch.look();
    }
  }

  private static Finding finding(String id, Severity severity, String agent, String environment) {
    return new Finding(
        id,
        severity,
        new Subject(agent, Set.of(environment)),
        agent + " is in trouble",
        "9 of 10 runs",
        ControlFixture.START,
        List.of(),
        List.of());
  }
}
