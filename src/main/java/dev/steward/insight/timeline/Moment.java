// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.timeline;

import dev.steward.control.access.Actor;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Something that happened to an agent.
///
/// @param by whoever did it; the server for what nobody did
/// @param environment where, "" for everywhere or nowhere
/// @param title what happened, in a few words
/// @param detail why, or the numbers, "" for none
/// @param page where it is told, such as `releases/ID`
/// @param sequence of the control ledger at which it stands, -1 for what is not in it
public record Moment(
    Instant at,
    Kind kind,
    Tone tone,
    Actor by,
    String environment,
    String title,
    String detail,
    String page,
    long sequence) {
  /// What sort of thing it is.
  public enum Kind {
    VERSION("Versions"),
    RELEASE("Releases"),
    VERDICT("Verdicts"),
    DRIFT("Drift"),
    INCIDENT("Incidents"),
    MODEL("Models"),
    UNDECLARED("Undeclared"),
    DATA("Data"),
    KILL("Kills"),
    PROPOSAL("Proposals"),
    BUDGET("Budgets");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// What all of them are called.
    public String plural() {
      return plural;
    }

    /// Whether one that names no environment is about more than the agent.
    boolean ofServer() {
      return this == BUDGET || this == PROPOSAL || this == INCIDENT;
    }

    /// The kind with the word, empty when there is none such.
    public static Optional<Kind> of(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /// Whether it is good news.
  public enum Tone {
    PLAIN,
    GOOD,
    WARNING,
    BAD;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
