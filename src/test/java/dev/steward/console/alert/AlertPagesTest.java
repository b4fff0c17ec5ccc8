// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.alert.AlertStatus;
import dev.steward.control.alert.Firing;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Notice;
import dev.steward.domain.resource.AlertRule.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertPagesTest {
  private static final String PAGE = "/alerts/a-1";

  /// Sees what lookup does in production and nothing else.
  private static final Reader WATCHER =
      new Reader(
          Actor.person("p-will"),
          "Will",
          (permission, target) ->
              permission == Permission.READ
                  && target.agent().equals("lookup")
                  && target.environment().equals("production"));

  private final Stage stage = Stage.empty(() -> ControlFixture.START.plus(Duration.ofMinutes(2)));
  private Reader dana = WATCHER;

  @BeforeEach
  void declare() {
    stage.control.apply(
        Yaml.documents(
            Yaml.DANA.replace("{role: developer, teams: [support]}", "{role: admin}"),
            Yaml.agent("lookup", "version: {code: {build: 1}}"),
            Yaml.agent("writer"),
            """
            apiVersion: steward/v1
            kind: Channel
            metadata: {name: on-call}
            spec: {type: webhook, url: "https://example.com/hook"}
            ---
            apiVersion: steward/v1
            kind: AlertRule
            metadata: {name: trouble}
            spec:
              findings: {kinds: [failing]}
              routes: [on-call]
              escalate: {after: 30m, routes: [managers]}
              runbook: "https://example.com/runbook"
            """));
    String id = stage.control.state().person("dana@example.com").orElseThrow().id();
    dana = new Reader(Actor.person(id), "Dana", (_, _) -> true);
  }

  @Test
  void withoutAnyThePageSaysHowARuleIsWritten() {
    assertThat(stage.html("/alerts", dana))
        .contains("There is no alert", "kind: AlertRule")
        .contains("Nothing fires that people are told of.");
    assertThat(status(PAGE, dana)).isEqualTo(404);
  }

  @Test
  void theListHasWhatFiresFirstAndTheAddressFilters() {
    raise("a-1", "lookup", Level.WARNING);
    raise("a-2", "writer", Level.CRITICAL);
    stage.control.submit(new Command.ResolveAlert("a-2", "gone"));

    String page = stage.html("/alerts", dana);
    assertThat(page)
        .contains("1 alert fires.")
        .contains("lookup in production", "nobody", "first notice through on-call");
    assertThat(page.indexOf("/alerts/a-1")).isLessThan(page.indexOf("/alerts/a-2"));
    assertThat(page).contains("title=\"1 alert fires\"");
    assertThat(get("/alerts", Map.of("status", "resolved")))
        .contains("/alerts/a-2")
        .doesNotContain("/alerts/a-1");
    assertThat(get("/alerts", Map.of("agent", "lookup")))
        .contains("/alerts/a-1")
        .doesNotContain("/alerts/a-2");
    assertThat(get("/alerts", Map.of("rule", "other"))).contains("No alert is like that");
  }

  @Test
  void anAlertSaysWhoWasToldWhetherItArrivedAndWhatIsNext() {
    raise("a-1", "lookup", Level.CRITICAL);
    stage.control.submit(new Command.TellAlert("a-1", dev.steward.control.alert.Stage.FIRST));
    Notice notice =
        new Notice(
            "alert.firing",
            "a-1",
            stage.control.state().at(),
            "Alert",
            "",
            "/alerts/a-1",
            Map.of("stage", "first"));
    stage.outbox.add(List.of(Delivery.of("msg-1", "on-call", notice, stage.control.state().at())));

    assertThat(stage.html(PAGE, dana))
        .contains("critical: <bdi>9 of 10 &lt;b&gt;runs&lt;/b&gt;</bdi>")
        .contains("href=\"https://example.com/runbook\"")
        .contains("First notice", "on-call", "Under way")
        .contains("escalation through managers")
        .contains("It is not found any more", "failing/lookup")
        .contains("href=\"/runs?agent=lookup\"", "href=\"/agents/lookup/timeline\"")
        .contains("Acknowledge…", "Silence for an hour…");
  }

  @Test
  void whatIsDoneOnThePageStandsInTheLedgerWithItsReason() {
    raise("a-1", "lookup", Level.WARNING);
    assertThat(post(PAGE + "/silence-1h", Map.of("reason", "a planned visit")))
        .contains("Nobody is told of alerts of the rule trouble about lookup in production")
        .contains("Silenced", "silenced until");
    String list = stage.html("/alerts", dana);
    assertThat(list)
        .contains("Nothing fires that people are told of. 1 silenced.")
        .contains("a planned visit", "1 open alert", "Lift…");
    String silence = stage.control.state().alerts().silences().getFirst().id();
    assertThat(post("/alerts/silences/" + silence, Map.of("reason", "over")))
        .contains("The silence is lifted.")
        .contains("1 alert fires.");

    assertThat(post(PAGE + "/acknowledge", Map.of("reason", "I look")))
        .contains("You have it.")
        .contains("by Dana Smith", "I look")
        .doesNotContain("Acknowledge…");
    assertThat(stage.control.state().alerts().find("a-1").orElseThrow().status())
        .isEqualTo(AlertStatus.ACKNOWLEDGED);
    assertThat(post(PAGE + "/acknowledge", Map.of("reason", "again")))
        .contains("Nothing was changed.", "acknowledged already, by Dana Smith");
  }

  @Test
  void readersSeeTheAlertsOfTheirAgentsAndAreOfferedNoDeed() {
    raise("a-1", "lookup", Level.WARNING);
    raise("a-2", "writer", Level.WARNING);
    assertThat(stage.html("/alerts", WATCHER)).contains("a-1").doesNotContain("a-2");
    assertThat(stage.html(PAGE, WATCHER)).contains("lookup fails").doesNotContain("Acknowledge…");
    assertThat(status("/alerts/a-2", WATCHER)).isEqualTo(404);
  }

  @Test
  void thresholdsSayThatThereIsNotEnoughData() {
    stage.control.apply(
        """
        apiVersion: steward/v1
        kind: AlertRule
        metadata: {name: slow}
        spec:
          agents: [lookup, writer]
          threshold: {measure: duration, above: 30, window: 6h, runs: 50}
          routes: [on-call]
        """);
    assertThat(stage.html("/alerts", dana))
        .contains("Not enough data", "0 of at least 50 runs")
        .contains("duration above 30.0 s over 6h")
        .contains("writer");
    assertThat(stage.html("/alerts", WATCHER)).doesNotContain("Not enough data");
  }

  private void raise(String id, String agent, Level level) {
    stage.control.submit(
        new Command.RaiseAlert(
            id,
            "trouble",
            agent,
            new Firing(
                level,
                List.of(new Concern(agent, "production")),
                List.of("failing/" + agent),
                agent + " fails",
                "9 of 10 <b>runs</b>"),
            ControlFixture.START));
  }

  private String get(String path, Map<String, String> parameters) {
    return ((PageResponse.Html) stage.get(path, parameters, dana)).body();
  }

  private String post(String path, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    PageRequest request =
        new PageRequest("POST", path, Map.of(), form, dana, "token", Map.of(), false);
    return ((PageResponse.Html) stage.console.handle(request)).body();
  }

  private int status(String path, Reader reader) {
    return ((PageResponse.Html) stage.get(path, Map.of(), reader)).status();
  }
}
