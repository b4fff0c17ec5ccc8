// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.control.approval.Approval;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.live.InFlight;
import dev.steward.domain.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tool calls that are held until people have answered. Two calls of one run to one tool are
/// not told apart: both wait then.
final class HeldCalls {
  private final Map<Place, String> approvals = new HashMap<>();

  /// @param open approvals that nobody answered
  HeldCalls(List<Approval> open) {
    for (Approval approval : open) {
      BoundCall call = approval.call();
      approvals.putIfAbsent(new Place(call.agent(), call.run(), call.target()), approval.id());
    }
  }

  private record Place(String agent, String run, String tool) {}

  /// The approval that a call waits for, "" for none.
  String of(InFlight call) {
    Subject subject = call.subject();
    Place place = new Place(subject.agent(), subject.run(), subject.tool());
    return call.kind() == InFlight.Kind.TOOL ? approvals.getOrDefault(place, "") : "";
  }
}
