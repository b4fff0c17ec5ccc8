// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.event;

import dev.steward.control.incident.Concern;
import dev.steward.control.proposal.ProposedChange;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads one event, field by field: by reflection a fold would take twice as long.
final class EventReader {
  private final JsonNode node;

  private EventReader(JsonNode node) {
    this.node = node;
  }

  static Event read(JsonNode node) {
    return new EventReader(node).event();
  }

  private Event event() {
    return switch (text("type")) {
      case "ResourceDeclared" ->
          new Event.ResourceDeclared(text("kind"), text("name"), digest("body"));
      case "AgentDeclared" ->
          new Event.AgentDeclared(text("name"), digest("body"), digest("version"));
      case "PersonDeclared" -> new Event.PersonDeclared(text("id"), digest("body"), digest("card"));
      case "ResourceDeleted" -> new Event.ResourceDeleted(text("kind"), text("name"));
      case "VersionPutInForce" ->
          new Event.VersionPutInForce(text("agent"), text("environment"), digest("version"));
      case "AgentKeyIssued" ->
          new Event.AgentKeyIssued(
              text("id"), digest("hash"), text("agent"), text("environment"), text("version"));
      case "AgentKeyRevoked" -> new Event.AgentKeyRevoked(text("id"), digest("reason"));
      case "TokenIssued" ->
          new Event.TokenIssued(
              text("id"),
              digest("hash"),
              text("holder"),
              text("purpose"),
              member("grants").values().stream().map(EventReader::grant).toList(),
              given("expiresAt").map(time -> Instant.parse(time.stringValue())));
      case "TokenRevoked" -> new Event.TokenRevoked(text("id"), digest("reason"));
      case "HoldPlaced" ->
          new Event.HoldPlaced(text("id"), text("subject"), text("subjectId"), digest("reason"));
      case "HoldLifted" -> new Event.HoldLifted(text("id"), digest("reason"));
      case "PersonErased" -> new Event.PersonErased(text("id"), digest("reason"));
      case "SettingChanged" -> new Event.SettingChanged(text("name"), text("value"));
      case "SnapshotTaken" ->
          new Event.SnapshotTaken(member("sequence").longValue(), digest("digest"));
      case "CheckpointAnchored" ->
          new Event.CheckpointAnchored(text("log"), member("size").longValue(), digest("root"));
      case "Killed" ->
          new Event.Killed(
              text("id"),
              words("selector"),
              member("secondPerson").booleanValue(),
              digest("reason"));
      case "ChangeProposed" ->
          new Event.ChangeProposed(
              text("id"),
              changes(),
              texts("widens"),
              texts("narrows"),
              digest("content"),
              node.hasNonNull("whole") ? Optional.of(digest("whole")) : Optional.empty());
      case "ChangeAccepted" -> new Event.ChangeAccepted(text("id"), digest("reason"));
      case "ChangeRejected" -> new Event.ChangeRejected(text("id"), digest("reason"));
      case "RestoreProposed" -> new Event.RestoreProposed(text("id"), digest("reason"));
      case "Restored" -> new Event.Restored(text("id"), digest("reason"));
      case "SecretSet" -> new Event.SecretSet(text("name"));
      case "SecretDeleted" -> new Event.SecretDeleted(text("name"));
      case "DrillHeld" ->
          new Event.DrillHeld(
              text("id"),
              text("of"),
              member("passed").booleanValue(),
              figures("figures"),
              text("note"));
      case "LeaseTaken" ->
          new Event.LeaseTaken(
              text("budget"),
              text("unit"),
              text("period"),
              text("node"),
              decimal("amount"),
              decimal("spent"));
      case "LeaseReturned" ->
          new Event.LeaseReturned(
              text("budget"),
              text("unit"),
              text("period"),
              text("node"),
              decimal("amount"),
              decimal("spent"));
      case "BudgetToppedUp" ->
          new Event.BudgetToppedUp(
              text("budget"), text("unit"), text("period"), decimal("amount"), digest("reason"));
      case "ApprovalRequested" ->
          new Event.ApprovalRequested(
              text("id"),
              ApprovalReader.call(member("call")),
              ApprovalReader.question(member("question")),
              digest("text"),
              Instant.parse(text("expiresAt")));
      case "ApprovalAnswered" ->
          new Event.ApprovalAnswered(
              text("id"),
              text("answer"),
              digest("arguments"),
              given("edited").map(edited -> new Digest(edited.stringValue())),
              digest("reason"),
              given("minutes").map(JsonNode::decimalValue),
              text("leaves"));
      case "ApprovalUsed" -> new Event.ApprovalUsed(text("id"));
      case "ApprovalExpired" -> new Event.ApprovalExpired(text("id"));
      case "ReleaseStarted" ->
          new Event.ReleaseStarted(
              text("id"),
              text("agent"),
              digest("version"),
              text("from"),
              text("to"),
              text("stage"),
              text("strategy"),
              digest("pins"),
              digest("reason"),
              node.has("terms") ? words("terms") : Map.of());
      case "CanaryBegan" ->
          new Event.CanaryBegan(text("release"), digest("control"), decimal("weight"));
      case "CanaryWeighed" ->
          new Event.CanaryWeighed(text("release"), decimal("weight"), digest("reason"));
      case "CanaryJudged" ->
          new Event.CanaryJudged(
              text("release"),
              text("verdict"),
              text("rule"),
              text("why"),
              member("units").intValue(),
              digest("record"));
      case "GateJudged" ->
          new Event.GateJudged(
              text("release"),
              text("gate"),
              text("requires"),
              text("verdict"),
              text("why"),
              words("evidence"));
      case "ReleaseAgreed" ->
          new Event.ReleaseAgreed(
              text("release"), text("person"), digest("pins"), digest("reason"));
      case "ReleaseMoved" ->
          new Event.ReleaseMoved(
              text("release"), text("state"), texts("missing"), digest("pins"), digest("reason"));
      case "DataSourceTold" ->
          new Event.DataSourceTold(
              text("source"), member("documents").intValue(), digest("list"), digest("reason"));
      case "ShadowBegan" -> new Event.ShadowBegan(text("release"));
      case "ShadowCompared" -> new Event.ShadowCompared(text("release"), sums("sums"));
      case "BlueGreenBegan" -> new Event.BlueGreenBegan(text("release"), digest("control"));
      case "Switched" ->
          new Event.Switched(
              text("release"),
              text("agent"),
              text("environment"),
              digest("version"),
              member("cut").booleanValue(),
              digest("reason"));
      case "CopilotBegan" -> new Event.CopilotBegan(text("release"));
      case "RolledBack" ->
          new Event.RolledBack(
              text("id"),
              text("agent"),
              text("environment"),
              digest("version"),
              digest("withdrawn"),
              text("cause"),
              texts("restored"),
              digest("reason"));
      case "CheckReported" ->
          new Event.CheckReported(
              text("agent"),
              digest("version"),
              text("check"),
              member("passed").booleanValue(),
              digest("note"));
      case "BaselineLearnt" ->
          new Event.BaselineLearnt(
              text("agent"),
              text("environment"),
              text("version"),
              member("runs").intValue(),
              Instant.parse(text("from")),
              Instant.parse(text("to")),
              digest("record"));
      case "BaselineLetGo" ->
          new Event.BaselineLetGo(text("agent"), text("environment"), digest("reason"));
      case "DriftFound" ->
          new Event.DriftFound(
              text("id"),
              text("agent"),
              text("environment"),
              text("trait"),
              text("direction"),
              member("runs").intValue(),
              Instant.parse(text("began")),
              text("why"),
              digest("record"));
      case "DriftClosed" ->
          new Event.DriftClosed(
              text("id"),
              text("agent"),
              text("environment"),
              text("trait"),
              text("direction"),
              digest("reason"));
      case "IncidentOpened" ->
          new Event.IncidentOpened(
              text("id"),
              digest("title"),
              text("severity"),
              concerns("agents"),
              texts("runs"),
              text("cause"),
              Instant.parse(text("began")),
              digest("reason"));
      case "AlertRaised" ->
          new Event.AlertRaised(
              text("id"),
              text("rule"),
              text("group"),
              text("level"),
              concerns("agents"),
              texts("findings"),
              digest("title"),
              digest("why"),
              Instant.parse(text("began")));
      case "AlertChanged" ->
          new Event.AlertChanged(
              text("id"),
              text("level"),
              concerns("agents"),
              texts("findings"),
              digest("title"),
              digest("why"));
      case "AlertTold" -> new Event.AlertTold(text("id"), text("stage"), texts("channels"));
      case "AlertAcknowledged" ->
          new Event.AlertAcknowledged(text("id"), texts("channels"), digest("reason"));
      case "AlertResolved" -> new Event.AlertResolved(text("id"), texts("channels"), digest("why"));
      case "AlertsSilenced" ->
          new Event.AlertsSilenced(
              text("id"),
              text("rule"),
              text("agent"),
              text("environment"),
              Instant.parse(text("until")),
              digest("reason"));
      case "SilenceLifted" -> new Event.SilenceLifted(text("id"), digest("reason"));
      case "IncidentNoted" -> new Event.IncidentNoted(text("id"), digest("text"));
      case "IncidentReported" -> new Event.IncidentReported(text("id"), digest("manifest"));
      case "IncidentChanged" ->
          new Event.IncidentChanged(text("id"), text("aspect"), text("to"), digest("reason"));
      default ->
          throw new IllegalArgumentException(
              "event " + text("type") + " is unknown; it was written by a newer Steward");
    };
  }

  private String text(String name) {
    return member(name).stringValue();
  }

  private BigDecimal decimal(String name) {
    return member(name).decimalValue();
  }

  private Digest digest(String name) {
    return new Digest(text(name));
  }

  private Map<String, String> words(String name) {
    Map<String, String> words = new HashMap<>();
    member(name)
        .properties()
        .forEach(word -> words.put(word.getKey(), word.getValue().stringValue()));
    return words;
  }

  private Map<String, BigDecimal> sums(String name) {
    Map<String, BigDecimal> sums = new HashMap<>();
    member(name).properties().forEach(sum -> sums.put(sum.getKey(), sum.getValue().decimalValue()));
    return sums;
  }

  private Map<String, Long> figures(String name) {
    Map<String, Long> figures = new HashMap<>();
    member(name)
        .properties()
        .forEach(figure -> figures.put(figure.getKey(), figure.getValue().longValue()));
    return figures;
  }

  private List<ProposedChange> changes() {
    List<ProposedChange> changes = new ArrayList<>();
    for (JsonNode each : member("changes").values()) {
      EventReader change = new EventReader(each);
      changes.add(
          new ProposedChange(
              change.text("kind"), change.text("key"), change.text("change"), change.text("base")));
    }
    return changes;
  }

  private List<Concern> concerns(String name) {
    List<Concern> concerns = new ArrayList<>();
    for (JsonNode each : member(name).values()) {
      EventReader concern = new EventReader(each);
      concerns.add(new Concern(concern.text("agent"), concern.text("environment")));
    }
    return concerns;
  }

  private List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    member(name).values().forEach(text -> texts.add(text.stringValue()));
    return texts;
  }

  private Optional<JsonNode> given(String name) {
    return Optional.of(member(name)).filter(value -> !value.isNull());
  }

  private JsonNode member(String name) {
    JsonNode member = node.get(name);
    if (member == null) {
      throw new IllegalArgumentException("an event lacks its " + name);
    }
    return member;
  }

  private static Grant grant(JsonNode grant) {
    EventReader reader = new EventReader(grant);
    return new Grant(
        Role.valueOf(reader.text("role")),
        reader.member("content").booleanValue(),
        reader.scope("teams"),
        reader.scope("agents"),
        reader.scope("environments"));
  }

  private Set<String> scope(String name) {
    List<JsonNode> values = List.copyOf(member(name).values());
    Set<String> scope = new HashSet<>();
    values.forEach(value -> scope.add(value.stringValue()));
    return scope;
  }
}
