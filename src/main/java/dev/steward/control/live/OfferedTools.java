// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.tool.ToolStanding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What tool servers offer now, beside what was accepted of it.
@FunctionalInterface
public interface OfferedTools {
  /// Nobody is asked: a server without a gateway.
  OfferedTools NONE = List::of;

  /// Every server that is declared and can be reached, by name.
  List<Offer> list();

  /// What one server offers.
  ///
  /// @param seenAt when its definitions were fetched last, empty when they never were
  /// @param trouble why they cannot be fetched now, "" when they can
  /// @param tools those accepted and those offered, by name; of a server that was never seen none
  record Offer(String server, Optional<Instant> seenAt, String trouble, List<ToolStanding> tools) {
    public Offer {
      tools = List.copyOf(tools);
    }
  }
}
