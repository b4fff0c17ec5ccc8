// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.control.approval.Approval;
import dev.steward.control.approval.PlainWords;
import dev.steward.control.event.Event;
import dev.steward.control.state.State;
import dev.steward.domain.Selector;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which events people are told, and in what words.
final class Notices {
  private Notices() {}

  /// @param state at the event or later
  static Optional<Notice> of(Event event, State state, Instant at) {
    return switch (event) {
      case Event.ApprovalRequested e ->
          state.approvals().find(e.id()).map(approval -> requested(approval, at));
      case Event.ApprovalAnswered e ->
          state.approvals().find(e.id()).map(approval -> answered(approval, e, at));
      case Event.ApprovalExpired e ->
          state.approvals().find(e.id()).map(approval -> expired(approval, at));
      case Event.Killed e ->
          Optional.of(
              kill("kill.placed", e.id(), "Killed: " + Selector.of(e.selector()).plainly(), at));
      case Event.Restored e ->
          Optional.of(kill("kill.restored", e.id(), "Restored what kill " + e.id() + " meant", at));
      case Event.CanaryJudged e -> CanaryNotices.of(e, state, at);
      case Event.DriftFound e -> Optional.of(DriftNotices.of(e, at));
      case Event.ChangeProposed e -> Optional.of(proposed(e, at));
      case Event.OfAlert e -> AlertNotices.of(e, state, at);
      case Event.IncidentOpened e -> IncidentNotices.of(e, state, at);
      case Event.IncidentChanged e -> IncidentNotices.of(e, state, at);
      case Event.ResourceDeclared _,
          Event.AgentDeclared _,
          Event.PersonDeclared _,
          Event.ResourceDeleted _,
          Event.VersionPutInForce _,
          Event.AgentKeyIssued _,
          Event.AgentKeyRevoked _,
          Event.TokenIssued _,
          Event.TokenRevoked _,
          Event.HoldPlaced _,
          Event.HoldLifted _,
          Event.PersonErased _,
          Event.SettingChanged _,
          Event.SnapshotTaken _,
          Event.CheckpointAnchored _,
          Event.ChangeAccepted _,
          Event.ChangeRejected _,
          Event.RestoreProposed _,
          Event.SecretSet _,
          Event.SecretDeleted _,
          Event.DrillHeld _,
          Event.LeaseTaken _,
          Event.LeaseReturned _,
          Event.BudgetToppedUp _,
          Event.ApprovalUsed _,
          Event.ReleaseStarted _,
          Event.GateJudged _,
          Event.ReleaseAgreed _,
          Event.ReleaseMoved _,
          Event.CanaryBegan _,
          Event.CopilotBegan _,
          Event.BlueGreenBegan _,
          Event.ShadowBegan _,
          Event.ShadowCompared _,
          Event.Switched _,
          Event.DataSourceTold _,
          Event.CanaryWeighed _,
          Event.RolledBack _,
          Event.CheckReported _,
          Event.BaselineLearnt _,
          Event.BaselineLetGo _,
          Event.DriftClosed _,
          Event.IncidentNoted _,
          Event.IncidentReported _ ->
          Optional.empty();
    };
  }

  private static Notice proposed(Event.ChangeProposed event, Instant at) {
    return new Notice(
        "change.proposed",
        event.id(),
        at,
        "A change waits for a second person",
        String.join("\n", event.widens()),
        "/proposals/" + event.id(),
        Map.of("id", event.id(), "widens", String.join("\n", event.widens())));
  }

  private static Notice requested(Approval approval, Instant at) {
    return notice(
        "approval.requested",
        approval,
        at,
        "Approval needed: " + PlainWords.wish(approval),
        PlainWords.consequence(approval)
            + "\nRule: "
            + String.join(", ", approval.question().rules())
            + ". Without an answer it is denied at "
            + approval.expiresAt()
            + ".",
        Map.of());
  }

  private static Notice answered(Approval approval, Event.ApprovalAnswered event, Instant at) {
    String did =
        event.answer().equals("deny")
            ? "Denied: "
            : event.leaves().equals("pending") ? "Agreed to, and more must agree: " : "Approved: ";
    return notice(
        "approval.answered",
        approval,
        at,
        did + PlainWords.wish(approval),
        event.edited().isPresent() ? "The arguments were edited." : "",
        Map.of(
            "answer",
            event.answer(),
            "status",
            event.leaves(),
            "edited",
            Boolean.toString(event.edited().isPresent())));
  }

  private static Notice expired(Approval approval, Instant at) {
    return notice(
        "approval.expired",
        approval,
        at,
        "Expired, and so denied: " + PlainWords.wish(approval),
        "It waited until " + approval.expiresAt() + ".",
        Map.of());
  }

  private static Notice notice(
      String event,
      Approval approval,
      Instant at,
      String title,
      String text,
      Map<String, String> more) {
    Map<String, String> data = new HashMap<>(more);
    data.put("id", approval.id());
    data.put("agent", approval.call().agent());
    data.put("environment", approval.call().environment());
    data.put("run", approval.call().run());
    data.put("server", approval.call().server());
    data.put("tool", approval.call().tool());
    data.put("effect", approval.question().effect());
    data.put("rules", String.join(", ", approval.question().rules()));
    data.put("expiresAt", approval.expiresAt().toString());
    return new Notice(event, approval.id(), at, title, text, "/approvals/" + approval.id(), data);
  }

  private static Notice kill(String event, String id, String title, Instant at) {
    return new Notice(event, id, at, title, "", "/stops", Map.of("id", id));
  }
}
