// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.Optional;

/// A way in which a run can go round without coming further, with what is done about it unless the
/// agent's version or a policy says otherwise. What brings nothing new stops the run; what is only
/// much is flagged.
public enum LoopRule {
  /// The same call with the same arguments and the same answer, so many times in a row.
  SAME_CALL("sameCall", 5, Action.STOP),
  /// The same call with the same arguments so many times in a row, with answers that change.
  POLLING("polling", 10, Action.FLAG),
  /// A circle of two to eight calls with the same arguments and answers, gone round so many times.
  CYCLE("cycle", 3, Action.STOP),
  /// So many calls in a row, in any order, that were all made before and answered the same.
  NO_NEW_STATE("noNewState", 10, Action.STOP),
  /// So many calls of one tool in a row with other arguments and ever the same answer.
  SAME_ANSWER("sameAnswer", 12, Action.FLAG),
  /// So many times the very same request in a row.
  SAME_REQUEST("sameRequest", 20, Action.FLAG),
  /// So many model calls in one run.
  STEPS("steps", 200, Action.FLAG),
  /// So many times the spend per minute that this agent's runs have on average.
  SPEND_RATE("spendRate", 10, Action.FLAG),
  /// So many delegated conversations, doubling from level to level.
  FAN_OUT("fanOut", 14, Action.STOP);

  /// The least that makes sense as a threshold.
  public static final int THRESHOLD_MIN = 2;

  private final String word;
  private final int threshold;
  private final Action action;

  LoopRule(String word, int threshold, Action action) {
    this.word = word;
    this.threshold = threshold;
    this.action = action;
  }

  /// What happens to a run that is found going round.
  public enum Action {
    FLAG,
    STOP
  }

  /// From when on a run is found going round, and what happens then.
  public record Limit(long threshold, Action action) {
    public Limit {
      if (threshold < 1) {
        throw new IllegalArgumentException("threshold below 1: " + threshold);
      }
    }

    /// Whether it finds a run before the other does, or does more about it.
    public boolean tighterThan(Limit other) {
      return threshold == other.threshold
          ? action == Action.STOP && other.action == Action.FLAG
          : threshold < other.threshold;
    }
  }

  /// What holds where nobody says otherwise.
  public Limit usual() {
    return new Limit(threshold, action);
  }

  /// Its name in a manifest.
  public String word() {
    return word;
  }

  public int threshold() {
    return threshold;
  }

  public Action action() {
    return action;
  }

  public static Optional<LoopRule> of(String word) {
    for (LoopRule rule : values()) {
      if (rule.word.equals(word)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
