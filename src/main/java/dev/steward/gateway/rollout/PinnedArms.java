// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import dev.steward.domain.LastUsed;
import dev.steward.domain.rollout.Arm;
import dev.steward.domain.rollout.Assigned;
import dev.steward.domain.rollout.Assignment;
import dev.steward.trace.diary.Diary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The arms that were given, so that another weight moves no one: over restarts too, as far as its
/// diary goes. Who was not heard of for the longest is forgotten first, and given an arm anew: with
/// the weight unchanged it is the same one.
final class PinnedArms {
  /// Who asked what it would get and has not called yet; anybody may ask, so they are kept apart.
  static final int FORESEEN_MAX = 10_000;

  private final Map<Long, Arm> pins;
  private final Map<Long, Arm> foreseen = new LastUsed<>(FORESEEN_MAX);
  private final Diary diary;

  /// @param max that are remembered
  PinnedArms(int max, Diary diary) {
    this.diary = diary;
    this.pins = new LastUsed<>(max);
  }

  /// As its diary has it.
  synchronized void remember(long mark, Arm arm) {
    pins.put(mark, arm);
  }

  /// The arm of one who calls, given now if it is the first time.
  ///
  /// @param share of those who call for the first time that gets the canary, 0 to 1
  Arm arm(Assignment assignment, Assigned who, double share) {
    long mark = mark(assignment, who);
    Arm arm;
    synchronized (this) {
      Arm pinned = pins.get(mark);
      if (pinned != null) {
        return pinned;
      }
      arm = assignment.arm(who, share, Optional.ofNullable(foreseen.remove(mark)));
      pins.put(mark, arm);
    }
    diary.add(List.of(Marks.line(mark, arm == Arm.CANARY ? Marks.CANARY : Marks.CONTROL)));
    return arm;
  }

  /// The arm that was given to one who calls, empty where none was.
  synchronized Optional<Arm> known(Assignment assignment, Assigned who) {
    return Optional.ofNullable(pins.get(mark(assignment, who)));
  }

  /// The arm that one who asks will get when it calls.
  synchronized Arm foreseen(Assignment assignment, Assigned who, double share) {
    long mark = mark(assignment, who);
    Arm known = pins.getOrDefault(mark, foreseen.get(mark));
    if (known != null) {
      return known;
    }
    Arm arm = assignment.arm(who, share);
    foreseen.put(mark, arm);
    return arm;
  }

  /// The point is salted, so it stands for this canary and nobody else in it.
  private static long mark(Assignment assignment, Assigned who) {
    return Double.doubleToLongBits(assignment.point(who));
  }

  synchronized int size() {
    return pins.size();
  }

  synchronized int foreseenSize() {
    return foreseen.size();
  }
}
