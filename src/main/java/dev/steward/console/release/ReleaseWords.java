// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.part.Mark;
import dev.steward.control.gate.Course;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.domain.Digest;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.ReleaseState;
import java.util.ArrayList;
import java.util.List;

/// Releases in words.
final class ReleaseWords {
  private static final int NAMED = 12;
  private static final int NAMES_MAX = 6;

  private ReleaseWords() {}

  static String version(Digest digest) {
    return digest.hex().substring(0, NAMED);
  }

  static Mark mark(ReleaseState state) {
    return switch (state) {
      case ReleaseState.WaitingForGates _ -> new Mark(Mark.Tone.WAITING, "Waits for gates");
      case ReleaseState.WaitingForApprovals _ -> new Mark(Mark.Tone.WAITING, "Waits for people");
      case ReleaseState.RollingOut _ -> new Mark(Mark.Tone.RUNNING, "Rolling out");
      case ReleaseState.Promoted _ -> new Mark(Mark.Tone.OK, "Promoted");
      case ReleaseState.Held _ -> new Mark(Mark.Tone.WARNING, "Held");
      case ReleaseState.RolledBack _ -> new Mark(Mark.Tone.CRITICAL, "Rolled back");
      case ReleaseState.Refused _ -> new Mark(Mark.Tone.CRITICAL, "Refused");
    };
  }

  static Mark mark(GateVerdict verdict) {
    return switch (verdict) {
      case PASS -> new Mark(Mark.Tone.OK, "Pass");
      case FAIL -> new Mark(Mark.Tone.CRITICAL, "Fail");
      case NOT_ENOUGH_DATA -> new Mark(Mark.Tone.UNKNOWN, "Not enough data");
    };
  }

  /// `a second person, the agent's owner, the gate tested`
  static String missing(ReleaseState state) {
    List<String> words = new ArrayList<>();
    for (String name : state.missing()) {
      words.add(
          switch (name) {
            case Course.SECOND_PERSON -> "a second person";
            case Course.OWNER -> "the agent's owner";
            case Course.BOUND_KEY -> "a key that is bound to its version";
            case Course.PROMOTION -> "somebody who lets it act by itself";
            default -> "the gate " + name;
          });
    }
    return String.join(", ", words);
  }

  /// What a rollback would change, in a few sentences.
  ///
  /// @param widens what it lets through that is not now, "" for nothing
  static String consequence(RollbackPlan plan, String widens) {
    StringBuilder text =
        new StringBuilder(
            "Version "
                + version(plan.back().version())
                + " is in force again in "
                + plan.environment()
                + " in place of "
                + version(plan.running())
                + ", from the next call on.");
    List<String> restored = plan.restored().stream().map(ReleaseWords::restored).toList();
    if (!restored.isEmpty()) {
      text.append(" As it was pinned comes back: ").append(some(restored)).append(".");
    }
    if (!plan.lost().isEmpty()) {
      text.append(" Cannot come back: ").append(some(plan.lost())).append(".");
    }
    if (!plan.since().isEmpty()) {
      text.append(" Declared since and stays: ").append(some(plan.since())).append(".");
    }
    if (!widens.isEmpty()) {
      text.append(" It allows again what is not allowed now: ").append(widens).append(".");
    }
    return text.toString();
  }

  private static String restored(RollbackPlan.Restored each) {
    String fields = some(each.differences().stream().map(difference -> difference.path()).toList());
    return each.name() + (each.gone() ? " (deleted now)" : " (" + fields + ")");
  }

  private static String some(List<String> names) {
    int shown = Math.min(NAMES_MAX, names.size());
    String text = String.join(", ", names.subList(0, shown));
    return names.size() > shown ? text + " and " + (names.size() - shown) + " more" : text;
  }
}
