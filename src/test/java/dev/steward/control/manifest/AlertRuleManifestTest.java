// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.kind.Kinds;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Group;
import dev.steward.domain.resource.AlertRule.Measure;
import dev.steward.domain.resource.AlertRule.Side;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.domain.resource.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How an AlertRule is written, and what is said of one that is written wrong.
class AlertRuleManifestTest {
  private static final String HEAD =
      "apiVersion: steward/v1\nkind: AlertRule\nmetadata: {name: r}\nspec: ";

  @Test
  void whatIsWrittenIsReadAndReadsTheSameAgain() {
    AlertRule rule =
        rule(
            """
            {agents: {names: [refunds], labels: {team: support}}, environments: [production],
             threshold: {measure: success, below: 0.9, window: 6h, runs: 50, severity: critical},
             routes: [on-call], group: rule, wait: 5m, repeat: 4h,
             escalate: {after: 30m, routes: [managers]},
             runbook: "https://example.com/runbook", opensIncident: true}
            """);
    assertThat(rule.trigger())
        .isInstanceOfSatisfying(
            Threshold.class,
            threshold -> {
              assertThat(threshold.measure()).isEqualTo(Measure.SUCCESS);
              assertThat(threshold.side()).isEqualTo(Side.BELOW);
              assertThat(threshold.limit()).isEqualByComparingTo("0.9");
              assertThat(threshold.window()).isEqualTo(Duration.ofHours(6));
              assertThat(threshold.runs()).isEqualTo(50);
            });
    assertThat(rule.telling().group()).isEqualTo(Group.RULE);
    assertThat(rule.channels()).containsExactly("on-call", "managers");
    assertThat(rule.incident()).isEqualTo("major");
    assertThat(again(rule)).isEqualTo(rule);

    AlertRule least = rule("{findings: {kinds: [failing]}, routes: [on-call]}");
    assertThat(again(least)).isEqualTo(least);
    assertThat(least.telling().group()).isEqualTo(Group.AGENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {routes: [a]}                                          | spec.findings: or a threshold must be given, one of them: what fires
          {findings: {}}                                         | spec.routes: must name 1 to 20 Channels
          {findings: {kinds: [faling]}, routes: [a]}             | Did you mean failing?
          {findings: {severity: bad}, routes: [a]}               | spec.findings.severity: 'bad' is none of critical, warning, note.
          {threshold: {above: 1}, routes: [a]}                   | spec.threshold.measure: is missing; write success, errors, duration, cost or runs
          {threshold: {measure: errors}, routes: [a]}            | spec.threshold.above: or below must be given, one of them: the limit
          {threshold: {measure: errors, above: 5}, routes: [a]}  | spec.threshold.above: is a share; write a number from 0 to 1
          {threshold: {measure: cost, above: -5}, routes: [a]}   | spec.threshold.above: must not be negative
          {threshold: {measure: cost, above: 5, window: 60d}, routes: [a]} | spec.threshold.window: must be from 1m to 30d
          {findings: {}, routes: [a], repeat: 5s}                | spec.repeat: must be at least 1m
          {findings: {}, routes: [a], escalate: {routes: [b]}}   | spec.escalate.after: is missing; write how long nobody may answer
          {findings: {}, routes: [a], runbook: ftp://x}          | spec.runbook: must begin with one of [http, https]
          {findings: {}, routes: [a], incidentSeverity: minor}   | write 'opensIncident: true' too
          {findings: {}, routes: [a], waits: 5m}                 | spec.waits: is not a field here. Did you mean wait?
          """)
  void whatIsWrittenWrongIsToldWithItsPlaceAndWhatToWrite(String spec, String said) {
    Manifest manifest = Manifests.read(List.of(new ManifestFile("test.yaml", HEAD + spec)));
    assertThat(manifest.problems())
        .anySatisfy(problem -> assertThat(problem.toString()).contains("test.yaml"))
        .anySatisfy(problem -> assertThat(problem.toString()).contains(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: pagerduty}                                           | spec.secret: is missing; it names the secret that holds the routing key
          {type: pagerduty, secret: key, events: ["incident.*"]}      | let AlertRules name the channel
          {type: webhook, url: "https://example.com", events: []}     | leave it out where only AlertRules name the channel
          """)
  void aChannelForAlertsSaysWhatItLacks(String spec, String said) {
    Manifest manifest =
        Manifests.read(
            List.of(new ManifestFile("test.yaml", HEAD.replace("AlertRule", "Channel") + spec)));
    assertThat(manifest.problems())
        .anySatisfy(problem -> assertThat(problem.toString()).contains(said));
  }

  private static AlertRule again(AlertRule rule) {
    return read(Kinds.write(rule).toString());
  }

  private static AlertRule rule(String spec) {
    return read(HEAD + spec);
  }

  private static AlertRule read(String yaml) {
    Manifest manifest = Manifests.read(List.of(new ManifestFile("test.yaml", yaml)));
    assertThat(manifest.problems()).isEmpty();
    Resource resource = manifest.declarations().getFirst().resource();
    return Objects.requireNonNull((AlertRule) resource);
  }
}
