// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import java.util.List;

/// How far a release has come.
public sealed interface ReleaseState {
  /// How it is written.
  String word();

  /// Whether it goes on by itself once what it waits for is there.
  default boolean waits() {
    return this instanceof WaitingForGates
        || this instanceof WaitingForApprovals
        || (this instanceof RollingOut(List<String> missing) && !missing.isEmpty());
  }

  /// Whether anything can still come of it.
  default boolean open() {
    return switch (this) {
      case WaitingForGates _, WaitingForApprovals _, RollingOut _, Held _ -> true;
      case Promoted _, RolledBack _, Refused _ -> false;
    };
  }

  /// @param gates that do not say pass
  record WaitingForGates(List<String> gates) implements ReleaseState {
    public static final String WORD = "waiting-for-gates";

    public WaitingForGates {
      gates = List.copyOf(gates);
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// @param people whose agreement it waits for, such as `owner`
  record WaitingForApprovals(List<String> people) implements ReleaseState {
    public static final String WORD = "waiting-for-approvals";

    public WaitingForApprovals {
      people = List.copyOf(people);
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// Its version takes over, or is tried on a share of the conversations.
  ///
  /// @param missing what it waits for before its version takes over for all
  record RollingOut(List<String> missing) implements ReleaseState {
    public static final String WORD = "rolling-out";

    public RollingOut {
      missing = List.copyOf(missing);
    }

    /// Nothing is in its way.
    public RollingOut() {
      this(List.of());
    }

    @Override
    public String word() {
      return WORD;
    }
  }

  /// Its version is, or was, in force.
  record Promoted() implements ReleaseState {
    public static final String WORD = "promoted";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// It was stopped where it was; it goes on when a person promotes it.
  record Held() implements ReleaseState {
    public static final String WORD = "held";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// Its version was in force and another one was put back.
  record RolledBack() implements ReleaseState {
    public static final String WORD = "rolled-back";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// It will never move on.
  record Refused() implements ReleaseState {
    public static final String WORD = "refused";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// The words of all states.
  List<String> WORDS =
      List.of(
          WaitingForGates.WORD,
          WaitingForApprovals.WORD,
          RollingOut.WORD,
          Promoted.WORD,
          Held.WORD,
          RolledBack.WORD,
          Refused.WORD);

  /// The state with the word.
  ///
  /// @param missing what it waits for
  /// @throws IllegalArgumentException when there is none such
  static ReleaseState of(String word, List<String> missing) {
    return switch (word) {
      case WaitingForGates.WORD -> new WaitingForGates(missing);
      case WaitingForApprovals.WORD -> new WaitingForApprovals(missing);
      case RollingOut.WORD -> new RollingOut(missing);
      case Promoted.WORD -> new Promoted();
      case Held.WORD -> new Held();
      case RolledBack.WORD -> new RolledBack();
      case Refused.WORD -> new Refused();
      default -> throw new IllegalArgumentException("no state of a release: " + word);
    };
  }

  /// What it waits for, empty for what does not wait.
  default List<String> missing() {
    return switch (this) {
      case WaitingForGates(List<String> gates) -> gates;
      case WaitingForApprovals(List<String> people) -> people;
      case RollingOut(List<String> missing) -> missing;
      case Promoted _, Held _, RolledBack _, Refused _ -> List.of();
    };
  }
}
