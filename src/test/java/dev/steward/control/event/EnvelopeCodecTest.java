// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.Question;
import dev.steward.control.incident.Concern;
import dev.steward.control.proposal.ProposedChange;
import dev.steward.domain.Digest;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The bytes in the ledger of every server there is: a change that breaks one of these breaks them.
class EnvelopeCodecTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00.000001Z");
  private static final Digest D = Digest.of("x");
  private static final List<Event> ALL =
      List.of(
          new Event.ResourceDeclared("DataSource", "orders", D),
          new Event.AgentDeclared("refunds", D, D),
          new Event.PersonDeclared("person-1", D, D),
          new Event.ResourceDeleted("Agent", "refunds"),
          new Event.VersionPutInForce("refunds", "development", D),
          new Event.AgentKeyIssued("key-1", D, "refunds", "production", ""),
          new Event.AgentKeyRevoked("key-1", D),
          new Event.TokenIssued(
              "token-1",
              D,
              "",
              "ci",
              List.of(
                  new Grant(
                      Role.OPERATOR, true, Set.of("support"), Set.of(), Set.of("production"))),
              Optional.of(AT)),
          new Event.TokenIssued("token-2", D, "person-1", "cli", List.of(), Optional.empty()),
          new Event.TokenRevoked("token-1", D),
          new Event.HoldPlaced("hold-1", "run", "run-1", D),
          new Event.HoldLifted("hold-1", D),
          new Event.PersonErased("person-1", D),
          new Event.SettingChanged("ingest.require-key", "true"),
          new Event.CheckpointAnchored("activity", 7, D),
          new Event.Killed("kill-1", Map.of("agent", "refunds", "label.team", "support"), true, D),
          new Event.RestoreProposed("kill-1", D),
          new Event.ChangeProposed(
              "change-1",
              List.of(new ProposedChange("Policy", "limits", "changed", D.hex())),
              List.of("refunds calls payments/refund in canary: allow instead of deny"),
              List.of(),
              D,
              Optional.of(D)),
          new Event.ChangeAccepted("change-1", D),
          new Event.ChangeRejected("change-1", D),
          new Event.Restored("kill-1", D),
          new Event.SecretSet("openai-key"),
          new Event.SecretDeleted("openai-key"),
          new Event.DrillHeld(
              "drill-1", "kill-switch", false, Map.of("streams", 100L), "two were not cut"),
          new Event.LeaseTaken(
              "daily",
              "USD",
              "2026-11-21T00:00:00Z",
              "steward",
              new BigDecimal("0.250"),
              BigDecimal.ZERO),
          new Event.LeaseReturned(
              "daily",
              "tokens",
              "2026-11-21T00:00:00Z",
              "steward",
              BigDecimal.TEN,
              new BigDecimal("1E+3")),
          new Event.BudgetToppedUp("runs", "USD", "run 0197", new BigDecimal("2.50"), D),
          new Event.ApprovalRequested(
              "approval-1",
              new BoundCall("refunds", "production", "run-1", "payments", "refund", D, D),
              new Question(
                  List.of("refunds-need-a-human/large"),
                  "large refunds need a person",
                  List.of(
                      new ApprovalTerms(List.of("finance-lead"), 2, true, Duration.ofMinutes(30))),
                  "money",
                  "0a1b2c3d",
                  "key-1",
                  "person-1",
                  List.of("person-2"),
                  "0af7651916cd43dd8448eb211c80319c",
                  "c-1",
                  7,
                  "0.02 USD",
                  ""),
              D,
              AT),
          new Event.ApprovalAnswered(
              "approval-1",
              "approve",
              D,
              Optional.of(D),
              D,
              Optional.of(new BigDecimal("2.50")),
              "pending"),
          new Event.ApprovalAnswered(
              "approval-1", "deny", D, Optional.empty(), D, Optional.empty(), "denied"),
          new Event.ApprovalUsed("approval-1"),
          new Event.ApprovalExpired("approval-1"),
          new Event.ReleaseStarted(
              "release-1",
              "refunds",
              D,
              "staging",
              "canary",
              "canary",
              "direct",
              D,
              D,
              Map.of("weight", "10%")),
          new Event.CanaryBegan("release-1", D, new BigDecimal("0.1")),
          new Event.CopilotBegan("release-1"),
          new Event.BlueGreenBegan("release-1", D),
          new Event.ShadowBegan("release-1"),
          new Event.ShadowCompared(
              "release-1",
              Map.of("compared", BigDecimal.ONE, "liveCost.USD", new BigDecimal("0.25"))),
          new Event.Switched("release-1", "refunds", "production", D, true, D),
          new Event.DataSourceTold("orders", 3, D, D),
          new Event.CanaryWeighed("release-1", new BigDecimal("0.25"), D),
          new Event.CanaryJudged("release-1", "hold", "too-early", "3 of 100 units", 3, D),
          new Event.GateJudged(
              "release-1",
              "proof",
              "policy-proof",
              "fail",
              "may do more than the version that runs there: payments/refund",
              Map.of("gained", "payments/refund")),
          new Event.ReleaseAgreed("release-1", "person-1", D, D),
          new Event.ReleaseMoved(
              "release-1", "waiting-for-approvals", List.of("second-person"), D, D),
          new Event.RolledBack(
              "rollback-1", "refunds", "canary", D, D, "person", List.of("Policy/limits"), D),
          new Event.CheckReported("refunds", D, "integration-tests", true, D),
          new Event.BaselineLearnt("refunds", "production", "0af7651916cd", 500, AT, AT, D),
          new Event.BaselineLetGo("refunds", "production", D),
          new Event.DriftFound(
              "drift-1",
              "refunds",
              "production",
              "outcome approved",
              "up",
              700,
              AT,
              "91.2 % of 700 runs against 85 %",
              D),
          new Event.DriftClosed("drift-1", "refunds", "production", "outcome approved", "up", D),
          new Event.IncidentOpened(
              "incident-1",
              D,
              "major",
              List.of(new Concern("refunds", "production"), new Concern("orders", "")),
              List.of("run-1"),
              "drift-1",
              AT,
              D),
          new Event.IncidentNoted("incident-1", D),
          new Event.IncidentReported("incident-1", D),
          new Event.IncidentChanged("incident-1", "status", "contained", D),
          new Event.AlertRaised(
              "alert-1",
              "trouble",
              "refunds",
              "critical",
              List.of(new Concern("refunds", "production")),
              List.of("failing/refunds"),
              D,
              D,
              AT),
          new Event.AlertChanged(
              "alert-1",
              "warning",
              List.of(new Concern("refunds", "")),
              List.of("silent/refunds"),
              D,
              D),
          new Event.AlertTold("alert-1", "first", List.of("on-call", "managers")),
          new Event.AlertAcknowledged("alert-1", List.of("on-call"), D),
          new Event.AlertResolved("alert-1", List.of(), D),
          new Event.AlertsSilenced("silence-1", "trouble", "refunds", "production", AT, D),
          new Event.SilenceLifted("silence-1", D),
          new Event.SnapshotTaken(7, D));

  @Test
  void everyEventReadsAsWhatItWas() {
    EnvelopeCodec.Part part = EnvelopeCodec.write(AT, Actor.token("token-1"), ALL).getFirst();

    assertThat(EnvelopeCodec.read(part.bytes()))
        .isEqualTo(part.envelope())
        .isEqualTo(new Envelope(AT, Actor.token("token-1"), 0, ALL));
    assertThat(ALL.stream().map(Object::getClass).distinct().count())
        .isEqualTo(leaves(Event.class).count());
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EnvelopeCodecTest::leaves)
        : Stream.of(type);
  }

  @Test
  void theBytesStayAsTheyAre() {
    String x = D.hex();
    assertThat(text(Event.AgentDeclared.class))
        .isEqualTo(
            "{\"actor\":{\"id\":\"steward\",\"kind\":\"system\"},"
                + "\"at\":\"2026-11-21T08:00:00.000001Z\",\"events\":[{\"body\":\""
                + x
                + "\",\"name\":\"refunds\",\"type\":\"AgentDeclared\",\"version\":\""
                + x
                + "\"}],\"v\":1}");
    assertThat(text(Event.TokenIssued.class))
        .contains(
            "{\"expiresAt\":\"2026-11-21T08:00:00.000001Z\",\"grants\":[{\"agents\":[],"
                + "\"content\":true,\"environments\":[\"production\"],\"role\":\"OPERATOR\","
                + "\"teams\":[\"support\"]}],\"hash\":\""
                + x
                + "\",\"holder\":\"\",\"id\":\"token-1\",\"purpose\":\"ci\","
                + "\"type\":\"TokenIssued\"}");
    assertThat(text(Event.DriftFound.class))
        .contains(
            "{\"agent\":\"refunds\",\"began\":\"2026-11-21T08:00:00.000001Z\","
                + "\"direction\":\"up\",\"environment\":\"production\",\"id\":\"drift-1\","
                + "\"record\":\""
                + x
                + "\",\"runs\":700,\"trait\":\"outcome approved\",\"type\":\"DriftFound\","
                + "\"why\":\"91.2 % of 700 runs against 85 %\"}");
    assertThat(text(Event.IncidentOpened.class))
        .contains(
            "{\"agents\":[{\"agent\":\"refunds\",\"environment\":\"production\"},"
                + "{\"agent\":\"orders\",\"environment\":\"\"}],"
                + "\"began\":\"2026-11-21T08:00:00.000001Z\",\"cause\":\"drift-1\","
                + "\"id\":\"incident-1\",\"reason\":\""
                + x
                + "\",\"runs\":[\"run-1\"],\"severity\":\"major\",\"title\":\""
                + x
                + "\",\"type\":\"IncidentOpened\"}");
    assertThat(text(Event.AlertRaised.class))
        .contains(
            "{\"agents\":[{\"agent\":\"refunds\",\"environment\":\"production\"}],"
                + "\"began\":\"2026-11-21T08:00:00.000001Z\","
                + "\"findings\":[\"failing/refunds\"],\"group\":\"refunds\","
                + "\"id\":\"alert-1\",\"level\":\"critical\",\"rule\":\"trouble\",\"title\":\""
                + x
                + "\",\"type\":\"AlertRaised\",\"why\":\""
                + x
                + "\"}");
    assertThat(text(ALL.getLast()))
        .contains("{\"digest\":\"" + x + "\",\"sequence\":7,\"type\":\"SnapshotTaken\"}");
  }

  @Test
  void whatDoesNotFitOneEntryFillsSeveral() {
    List<Event> many = Collections.nCopies(1000, ALL.get(1));

    List<EnvelopeCodec.Part> parts = EnvelopeCodec.write(AT, Actor.SYSTEM, many);

    assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.bytes().length < 64 * 1024);
    assertThat(parts.stream().mapToInt(part -> part.envelope().events().size()).sum())
        .isEqualTo(1000);
    assertThat(parts.getFirst().envelope().rest()).isEqualTo(parts.size() - 1);
    assertThat(EnvelopeCodec.read(parts.getFirst().bytes())).isEqualTo(parts.getFirst().envelope());
  }

  @Test
  void anEventThatDoesNotFitAnEntryIsRefused() {
    Event large = new Event.SettingChanged("x", "y".repeat(70_000));

    assertThatThrownBy(() -> EnvelopeCodec.write(AT, Actor.SYSTEM, List.of(large)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SettingChanged of 70");
  }

  @Test
  void anotherFormIsRefused() {
    assertThatThrownBy(() -> read("{\"v\":2}"))
        .hasMessage("written in form 2 of the control ledger, this program reads 1");
    assertThatThrownBy(() -> read(text(ALL.getFirst()).replace("ResourceDeclared", "Sung")))
        .hasMessageContaining("event Sung is unknown; it was written by a newer Steward");
    assertThatThrownBy(() -> read("hello")).hasMessageContaining("not JSON");
  }

  /// The first of that kind.
  private static String text(Class<? extends Event> kind) {
    return text(ALL.stream().filter(kind::isInstance).findFirst().orElseThrow());
  }

  private static String text(Event event) {
    byte[] bytes = EnvelopeCodec.write(AT, Actor.SYSTEM, List.of(event)).getFirst().bytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Envelope read(String text) {
    return EnvelopeCodec.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
