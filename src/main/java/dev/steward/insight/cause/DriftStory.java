// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.cause;

import dev.steward.control.baseline.DriftAlarm;
import dev.steward.insight.behaviour.DriftRecord;
import java.util.List;

/// One alarm with its evidence and what may have caused it.
///
/// @param causes the likeliest first; none when it cannot be told
public record DriftStory(DriftAlarm alarm, DriftRecord record, List<Cause> causes) {
  public DriftStory {
    causes = List.copyOf(causes);
  }
}
