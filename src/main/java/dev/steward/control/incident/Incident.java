// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing that went wrong, as people track it.
///
/// @param title commitment to the title's text
/// @param commander id of the person who leads, "" for nobody yet
/// @param agents that it is about; none for one about the server or what is not registered
/// @param runs that it is about, by id
/// @param cause id of the alarm that it was opened for, "" for none
/// @param began when it began, as far as is known
/// @param reason commitment to why it was opened
/// @param containedAt null while it is not contained, and where it never was before it was resolved
/// @param resolvedAt null while it is not resolved
/// @param notes what people added, the oldest first
public record Incident(
    String id,
    Digest title,
    Severity severity,
    IncidentStatus status,
    String commander,
    List<Concern> agents,
    List<String> runs,
    String cause,
    Instant began,
    Instant openedAt,
    Actor openedBy,
    Digest reason,
    @Nullable Instant containedAt,
    @Nullable Instant resolvedAt,
    List<Note> notes) {
  public Incident {
    agents = List.copyOf(agents);
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /// What somebody added.
  ///
  /// @param text commitment to it
  public record Note(Instant at, Actor by, Digest text) {}

  public boolean open() {
    return status != IncidentStatus.RESOLVED;
  }

  public boolean about(String agent) {
    return agents.stream().anyMatch(concern -> concern.agent().equals(agent));
  }

  /// From when it began until it was told.
  public Duration detection() {
    return Duration.between(began, openedAt);
  }

  /// From when it was told until it did no more harm; empty where that was not told.
  public Optional<Duration> containment() {
    return Optional.ofNullable(containedAt).map(at -> Duration.between(openedAt, at));
  }

  /// From when it was told until it was over; empty while it is not.
  public Optional<Duration> resolution() {
    return Optional.ofNullable(resolvedAt).map(at -> Duration.between(openedAt, at));
  }

  Incident noted(Note note) {
    List<Note> all = new ArrayList<>(notes);
    all.add(note);
    return with(severity, status, commander, containedAt, resolvedAt, all);
  }

  Incident of(Severity given) {
    return with(given, status, commander, containedAt, resolvedAt, notes);
  }

  Incident led(String person) {
    return with(severity, status, person, containedAt, resolvedAt, notes);
  }

  Incident moved(IncidentStatus given, Instant at) {
    return switch (given) {
      case OPEN -> with(severity, given, commander, null, null, notes);
      case CONTAINED -> with(severity, given, commander, at, null, notes);
      case RESOLVED -> with(severity, given, commander, containedAt, at, notes);
    };
  }

  private Incident with(
      Severity graded,
      IncidentStatus stands,
      String leads,
      @Nullable Instant contained,
      @Nullable Instant resolved,
      List<Note> all) {
    return new Incident(
        id, title, graded, stands, leads, agents, runs, cause, began, openedAt, openedBy, reason,
        contained, resolved, all);
  }
}
