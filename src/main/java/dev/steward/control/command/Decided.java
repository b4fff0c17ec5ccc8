// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.event.Event;
import dev.steward.control.plan.Plan;
import dev.steward.control.shelf.SealedText;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a command comes to, before anything of it is durable. It is filled by one thread.
public final class Decided {
  private final List<Event> events = new ArrayList<>();
  private final Map<Digest, byte[]> bodies = new HashMap<>();
  private final Map<String, Resource> known = new HashMap<>();
  private final List<SealedText> texts = new ArrayList<>();
  private final List<Erasure> erasures = new ArrayList<>();
  private Plan plan = Plan.NOTHING;

  /// What is to be erased once the event is durable.
  public record Erasure(String subject, List<String> words) {}

  void add(Event event) {
    events.add(event);
  }

  void add(SealedText text) {
    texts.add(text);
  }

  void add(Erasure erasure) {
    erasures.add(erasure);
  }

  void add(Digest digest, byte[] body) {
    bodies.put(digest, body);
  }

  void know(String key, Resource resource) {
    known.put(key, resource);
  }

  void plan(Plan planned) {
    plan = planned;
  }

  /// Takes over all that another command comes to.
  void addAll(Decided other) {
    events.addAll(other.events);
    bodies.putAll(other.bodies);
    known.putAll(other.known);
    texts.addAll(other.texts);
    erasures.addAll(other.erasures);
    plan = other.plan;
  }

  public List<Event> events() {
    return events;
  }

  public List<SealedText> texts() {
    return texts;
  }

  public List<Erasure> erasures() {
    return erasures;
  }

  public Map<String, Resource> known() {
    return known;
  }

  public Plan plan() {
    return plan;
  }

  /// The bodies that the events name, once each.
  public List<byte[]> bodiesOf(List<Event> named) {
    Map<Digest, byte[]> found = new HashMap<>();
    for (Event event : named) {
      for (Digest digest : digests(event)) {
        byte[] body = bodies.get(digest);
        if (body != null) {
          found.put(digest, body);
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Digest> digests(Event event) {
    return switch (event) {
      case Event.ResourceDeclared declared -> List.of(declared.body());
      case Event.AgentDeclared declared -> List.of(declared.body(), declared.version());
      case Event.PersonDeclared declared -> List.of(declared.body());
      case Event.ReleaseStarted started -> List.of(started.pins());
      case Event.ReleaseMoved moved -> List.of(moved.pins());
      case Event.CanaryJudged judged -> List.of(judged.record());
      case Event.DataSourceTold told -> List.of(told.list());
      case Event.BaselineLearnt learnt -> List.of(learnt.record());
      case Event.DriftFound found -> List.of(found.record());
      case Event.ResourceDeleted _,
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
          Event.Killed _,
          Event.ChangeProposed _,
          Event.ChangeAccepted _,
          Event.ChangeRejected _,
          Event.RestoreProposed _,
          Event.Restored _,
          Event.SecretSet _,
          Event.SecretDeleted _,
          Event.DrillHeld _,
          Event.LeaseTaken _,
          Event.LeaseReturned _,
          Event.BudgetToppedUp _,
          Event.ApprovalRequested _,
          Event.ApprovalAnswered _,
          Event.ApprovalUsed _,
          Event.ApprovalExpired _,
          Event.GateJudged _,
          Event.ReleaseAgreed _,
          Event.CanaryBegan _,
          Event.CopilotBegan _,
          Event.BlueGreenBegan _,
          Event.ShadowBegan _,
          Event.ShadowCompared _,
          Event.Switched _,
          Event.CanaryWeighed _,
          Event.RolledBack _,
          Event.CheckReported _,
          Event.BaselineLetGo _,
          Event.DriftClosed _,
          Event.IncidentOpened _,
          Event.IncidentNoted _,
          Event.IncidentReported _,
          Event.IncidentChanged _,
          Event.OfAlert _ ->
          List.of();
    };
  }
}
