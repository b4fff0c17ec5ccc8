// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.assurance.incident.IncidentStory;
import dev.steward.assurance.incident.StoryLine;
import dev.steward.server.shape.ActorItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened around an incident, put together from the ledger and the traces.
///
/// @param from the lines since then
/// @param to the lines before; notes may be later
/// @param items the oldest first
/// @param hiddenRuns how many runs of it are unknown or not the caller's to see
/// @param whole whether that is all; else the oldest are left out
public record StoryItem(
    String id, Instant from, Instant to, List<LineItem> items, int hiddenRuns, boolean whole) {

  /// One thing that happened.
  ///
  /// @param kind incident, note, run, effect, or that of an agent's timeline
  /// @param tone plain, good, warning or bad
  /// @param agent it happened to, "" for none
  /// @param personsWords whether the detail is somebody's words, and nothing that Steward saw
  /// @param page of the console that tells it
  /// @param sequence of the control ledger, null for what is not in it
  public record LineItem(
      Instant at,
      String kind,
      String tone,
      ActorItem by,
      String agent,
      String title,
      String detail,
      boolean personsWords,
      String page,
      @Nullable Long sequence) {
    static LineItem of(StoryLine line) {
      return new LineItem(
          line.at(),
          line.kind(),
          line.tone().word(),
          ActorItem.of(line.by()),
          line.agent(),
          line.title(),
          line.detail(),
          line.personsWords(),
          "/" + line.page(),
          line.sequence() < 0 ? null : line.sequence());
    }
  }

  static StoryItem of(IncidentStory story) {
    return new StoryItem(
        story.incident().id(),
        story.from(),
        story.to(),
        story.lines().stream().map(LineItem::of).toList(),
        story.hiddenRuns(),
        story.whole());
  }
}
