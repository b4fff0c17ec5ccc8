// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import dev.steward.domain.rollout.Arm;
import dev.steward.domain.rollout.Assigned;
import dev.steward.domain.rollout.Assignment;
import dev.steward.trace.diary.Diary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The arms that were given, so that another weight moves no one: over restarts too, as far as its
/// diary goes. Who was not heard of for the longest is forgotten first, and given an arm anew: with
/// the weight unchanged it is the same one.
final class PinnedArms {
  private final Map<Long, Arm> pins;
  private final Diary diary;

  /// @param max that are remembered
  PinnedArms(int max, Diary diary) {
    this.diary = diary;
    this.pins = new Remembered<>(max);
    for (String line : diary.read()) {
      read(line);
    }
  }

  /// The arm of one who calls, given now if it is the first time.
  ///
  /// @param share of those who call for the first time that gets the canary, 0 to 1
  synchronized Arm arm(Assignment assignment, Assigned who, double share) {
    // The point is salted, so it stands for this canary and nobody else in it.
    long mark = Double.doubleToLongBits(assignment.point(who));
    Arm pinned = pins.get(mark);
    Arm arm = assignment.arm(who, share, Optional.ofNullable(pinned));
    if (pinned == null) {
      pins.put(mark, arm);
      diary.add(List.of(Long.toHexString(mark) + (arm == Arm.CANARY ? "+" : "-")));
    }
    return arm;
  }

  synchronized int size() {
    return pins.size();
  }

  private void read(String line) {
    int end = line.length() - 1;
    @Nullable Arm arm = line.endsWith("+") ? Arm.CANARY : line.endsWith("-") ? Arm.CONTROL : null;
    if (arm == null || !line.substring(0, end).matches("[0-9a-f]{1,16}")) {
      // It was cut off, or is another version's.
      return;
    }
    pins.put(Long.parseUnsignedLong(line.substring(0, end), 16), arm);
  }

  /// A map that forgets what was not used for the longest.
  static final class Remembered<V> extends LinkedHashMap<Long, V> {
    private static final long serialVersionUID = 1;

    private final int max;

    Remembered(int max) {
      super(64, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
      return size() > max;
    }
  }
}
