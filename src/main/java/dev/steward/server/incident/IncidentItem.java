// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentAddress;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Person;
import dev.steward.server.shape.ActorItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One incident.
///
/// @param title null once erased
/// @param severity critical, major or minor
/// @param status open, contained or resolved
/// @param commander name of the person who leads, "" for nobody yet; the id of one who is erased
/// @param runs that it is about, by id
/// @param cause id of the alarm that it was opened for, "" for none
/// @param began when it began, as far as is known
/// @param reason why it was opened; null once erased
/// @param containedAt null where it was never told
/// @param resolvedAt null while it is not
/// @param detectionSeconds from when it began until it was opened
/// @param containmentSeconds from when it was opened until it was contained; null without
/// @param resolutionSeconds from when it was opened until it was resolved; null while it is not
/// @param notes the oldest first
/// @param page of the console that tells it
public record IncidentItem(
    String id,
    @Nullable String title,
    String severity,
    String status,
    String commander,
    List<ConcernItem> agents,
    List<String> runs,
    String cause,
    Instant began,
    Instant openedAt,
    ActorItem openedBy,
    @Nullable String reason,
    @Nullable Instant containedAt,
    @Nullable Instant resolvedAt,
    long detectionSeconds,
    @Nullable Long containmentSeconds,
    @Nullable Long resolutionSeconds,
    List<NoteItem> notes,
    String page) {

  /// An agent that it is about.
  ///
  /// @param environment "" for wherever it runs
  public record ConcernItem(String agent, String environment) {
    static ConcernItem of(Concern concern) {
      return new ConcernItem(concern.agent(), concern.environment());
    }
  }

  /// What somebody added.
  ///
  /// @param text null once erased
  public record NoteItem(Instant at, ActorItem by, @Nullable String text) {}

  static IncidentItem of(Incident incident, State state) {
    return new IncidentItem(
        incident.id(),
        text(incident.title(), state),
        incident.severity().word(),
        incident.status().word(),
        state.person(incident.commander()).map(Person::name).orElse(incident.commander()),
        incident.agents().stream().map(ConcernItem::of).toList(),
        incident.runs(),
        incident.cause(),
        incident.began(),
        incident.openedAt(),
        ActorItem.of(incident.openedBy()),
        text(incident.reason(), state),
        incident.containedAt(),
        incident.resolvedAt(),
        incident.detection().toSeconds(),
        seconds(incident.containment()),
        seconds(incident.resolution()),
        incident.notes().stream()
            .map(note -> new NoteItem(note.at(), ActorItem.of(note.by()), text(note.text(), state)))
            .toList(),
        "/" + IncidentAddress.of(incident.id()));
  }

  private static @Nullable String text(Digest commitment, State state) {
    return state.text(commitment).orElse(null);
  }

  private static @Nullable Long seconds(Optional<Duration> time) {
    return time.map(Duration::toSeconds).orElse(null);
  }
}
