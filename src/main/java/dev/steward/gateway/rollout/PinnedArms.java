// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import dev.steward.domain.rollout.Arm;
import dev.steward.domain.rollout.Assigned;
import dev.steward.domain.rollout.Assignment;
import dev.steward.trace.diary.Diary;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /// A line that was cut off, or is another version's, is left out.
  private void read(String line) {
    int end = line.length() - 1;
    if (end < 1 || end > 16) {
      return;
    }
    char last = line.charAt(end);
    long mark = 0;
    for (int i = 0; i < end; i++) {
      if (!HexFormat.isHexDigit(line.charAt(i))) {
        return;
      }
      mark = (mark << 4) | HexFormat.fromHexDigit(line.charAt(i));
    }
    if (last == '+' || last == '-') {
      pins.put(mark, last == '+' ? Arm.CANARY : Arm.CONTROL);
    }
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
