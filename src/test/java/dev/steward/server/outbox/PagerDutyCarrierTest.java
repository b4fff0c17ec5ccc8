// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.console.stage.InMemorySecrets;
import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.alert.Firing;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.outbox.Carrier.NotCarried;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Notice;
import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretEntry;
import dev.steward.domain.resource.AlertRule.Level;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.Channel.Mail;
import dev.steward.domain.resource.Metadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What PagerDuty is sent. Its real service cannot be had in a test, so a server of the test's own
/// stands for it: that it takes these events is known from its documentation alone.
class PagerDutyCarrierTest {
  private static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;
  private ControlFixture fixture;
  private Receiver standIn;
  private Carriers carriers;

  @BeforeEach
  void open() throws IOException {
    fixture = new ControlFixture(folder);
    fixture.apply(
        Yaml.documents(
            Yaml.DANA,
            Yaml.agent("lookup"),
            """
            apiVersion: steward/v1
            kind: AlertRule
            metadata: {name: trouble}
            spec: {findings: {}, routes: [pager]}
            """));
    fixture.submit(
        new Command.RaiseAlert(
            "a-1",
            "trouble",
            "lookup",
            new Firing(
                Level.CRITICAL,
                List.of(new Concern("lookup", "production")),
                List.of("failing/lookup"),
                "lookup fails",
                "9 of 10 runs"),
            ControlFixture.START));
    InMemorySecrets secrets = new InMemorySecrets(fixture::now);
    secrets.put("pager-key", Secret.of(ROUTING_KEY), SecretEntry.Origin.PERSON);
    standIn = new Receiver();
    carriers =
        new Carriers(
            new AddressGuard(List.of("localhost")),
            secrets,
            () -> "https://steward.example.com",
            fixture::state,
            fixture::now);
  }

  @AfterEach
  void close() {
    standIn.close();
    fixture.close();
  }

  @Test
  void whatFiresTriggersWithTheAlertAsItsKeyAndLinksToWhatToDo() throws Exception {
    carriers.carry(pager("pager-key"), notice("alert.firing"));

    JsonNode event = posted();
    assertThat(event.path("routing_key").asString()).isEqualTo(ROUTING_KEY);
    assertThat(event.path("event_action").asString()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asString()).isEqualTo("a-1");
    JsonNode payload = event.path("payload");
    assertThat(payload.path("summary").asString()).isEqualTo("Alert (critical): lookup fails");
    assertThat(payload.path("severity").asString()).isEqualTo("critical");
    assertThat(payload.path("source").asString()).isEqualTo("https://steward.example.com");
    assertThat(payload.path("component").asString()).isEqualTo("lookup in production");
    assertThat(payload.path("class").asString()).isEqualTo("trouble");
    assertThat(event.path("links").findValuesAsString("href"))
        .containsExactly("https://steward.example.com/alerts/a-1", "https://example.com/runbook");
  }

  @Test
  void whoAcknowledgesAndTheEndAreToldUnderTheSameKey() throws Exception {
    carriers.carry(pager("pager-key"), notice("alert.acknowledged"));
    JsonNode acknowledged = posted();
    assertThat(acknowledged.path("event_action").asString()).isEqualTo("acknowledge");
    assertThat(acknowledged.path("dedup_key").asString()).isEqualTo("a-1");
    assertThat(acknowledged.has("payload")).isFalse();

    fixture.submit(new Command.ResolveAlert("a-1", "gone"));
    carriers.carry(pager("pager-key"), notice("alert.resolved"));
    assertThat(posted().path("event_action").asString()).isEqualTo("resolve");
  }

  @Test
  void aTriggerThatComesAfterTheEndIsNotSent() {
    fixture.submit(new Command.ResolveAlert("a-1", "gone"));
    assertThatThrownBy(() -> carriers.carry(pager("pager-key"), notice("alert.firing")))
        .isInstanceOfSatisfying(NotCarried.class, e -> assertThat(e.forGood()).isTrue())
        .hasMessageContaining("over before");
    assertThat(standIn.posted).isEmpty();
  }

  @Test
  void aTriggerThatComesAfterSomebodyHasTakenItOnIsNotSent() {
    fixture.submit(new Command.AcknowledgeAlert("a-1", "I look"));
    assertThatThrownBy(() -> carriers.carry(pager("pager-key"), notice("alert.firing")))
        .isInstanceOfSatisfying(NotCarried.class, e -> assertThat(e.forGood()).isTrue())
        .hasMessageContaining("acknowledged before");
    assertThat(standIn.posted).isEmpty();
  }

  @Test
  void whatIsRefusedIsGivenUpAndWhatAProxyAnswersIsTriedAgain() {
    standIn.answers.addAll(List.of(400, 403, 407, 408, 429, 500));
    for (boolean forGood : List.of(true, false, false, false, false, false)) {
      assertThatThrownBy(() -> carriers.carry(pager("pager-key"), notice("alert.firing")))
          .isInstanceOfSatisfying(NotCarried.class, e -> assertThat(e.forGood()).isEqualTo(forGood))
          .message()
          .doesNotContain(ROUTING_KEY);
    }
    assertThatThrownBy(() -> carriers.carry(pager("gone"), notice("alert.firing")))
        .hasMessageContaining("steward secrets set gone");
    assertThatThrownBy(() -> carriers.carry(pager("pager-key"), notice("kill.placed")))
        .hasMessageContaining("alerts alone");
  }

  private JsonNode posted() throws InterruptedException {
    return JsonMapper.shared().readTree(standIn.next().body());
  }

  private Channel pager(String secret) {
    return new Channel(
        new Metadata("pager", Map.of()),
        Channel.Type.PAGERDUTY,
        standIn.url(),
        secret,
        List.of(),
        Mail.NONE);
  }

  private static Delivery notice(String event) {
    return Delivery.of(
        "msg-7-0-pager",
        "pager",
        new Notice(
            event,
            "a-1",
            ControlFixture.START,
            "Alert (critical): lookup fails",
            "9 of 10 runs",
            "/alerts/a-1",
            Map.of(
                "severity",
                "critical",
                "agents",
                "lookup in production",
                "rule",
                "trouble",
                "runbook",
                "https://example.com/runbook")),
        ControlFixture.START);
  }
}
