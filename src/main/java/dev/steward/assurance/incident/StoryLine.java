// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.control.access.Actor;
import dev.steward.insight.timeline.Moment;
import java.time.Instant;

/// One thing that happened, and where it is told.
///
/// @param kind the word of a moment's kind; `incident` for what became of the incident, `note` for
///   a person's words, `run` and `effect` for what its runs did
/// @param by whoever did it; the server for what nobody did
/// @param agent it happened to, "" for none
/// @param detail why, the numbers, or the words of a note, "" for none
/// @param page where it is told, such as `runs/ID`
/// @param sequence of the control ledger at which it stands, -1 for what is not in it
public record StoryLine(
    Instant at,
    String kind,
    Moment.Tone tone,
    Actor by,
    String agent,
    String title,
    String detail,
    String page,
    long sequence) {
  static final String NOTE = "note";
  static final String RUN = "run";
  static final String EFFECT = "effect";

  /// @param kind beside that of the moment
  static StoryLine of(Moment moment, String kind, String agent) {
    return new StoryLine(
        moment.at(),
        kind,
        moment.tone(),
        moment.by(),
        agent,
        moment.title(),
        moment.detail(),
        moment.page(),
        moment.sequence());
  }

  static StoryLine seen(
      Instant at, String kind, Moment.Tone tone, String agent, String title, String page) {
    return new StoryLine(at, kind, tone, Actor.SYSTEM, agent, title, "", page, -1);
  }

  /// Whether these are somebody's words, and nothing that Steward saw.
  public boolean personsWords() {
    return kind.equals(NOTE);
  }

  /// Whether somebody did it, by hand or with a token, and not the server or an agent.
  boolean byPeople() {
    return sequence >= 0 && !by.equals(Actor.SYSTEM) && !by.kind().equals(Actor.AGENT);
  }
}
