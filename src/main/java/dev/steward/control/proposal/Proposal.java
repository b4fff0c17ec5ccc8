// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.proposal;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A change that waits until a second person accepts it, or did.
///
/// @param changes what it would do
/// @param widens why it does not act at once, in words
/// @param narrows what else it would do, in words
/// @param content commitment to the resources as they would be declared
/// @param whole digest of all that widens, null where that was not kept
/// @param answer how it ended, null while it waits
public record Proposal(
    String id,
    List<ProposedChange> changes,
    List<String> widens,
    List<String> narrows,
    Digest content,
    @Nullable Digest whole,
    Instant at,
    Actor by,
    @Nullable Answer answer) {
  public Proposal {
    changes = List.copyOf(changes);
    widens = List.copyOf(widens);
    narrows = List.copyOf(narrows);
  }

  /// How far it has come.
  public enum Status {
    OPEN,
    ACCEPTED,
    REJECTED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The status with the word, empty when there is none such.
    public static Optional<Status> of(String word) {
      for (Status status : values()) {
        if (status.word().equals(word)) {
          return Optional.of(status);
        }
      }
      return Optional.empty();
    }
  }

  /// How it ended.
  ///
  /// @param reason commitment to the reason's text
  public record Answer(boolean accepted, Instant at, Actor by, Digest reason) {}

  public boolean open() {
    return answer == null;
  }

  public Status status() {
    return answer == null ? Status.OPEN : answer.accepted() ? Status.ACCEPTED : Status.REJECTED;
  }

  /// Expansion, or mixed where something is narrowed as well.
  public String course() {
    return narrows.isEmpty() ? "expansion" : "mixed";
  }

  Proposal answered(Answer given) {
    return new Proposal(id, changes, widens, narrows, content, whole, at, by, given);
  }
}
