// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.domain.Selector;
import java.util.List;

/// The calls that have begun and not ended.
public interface InFlightCalls {
  /// No calls: a server without a gateway.
  InFlightCalls NONE = List::of;

  /// The longest running first.
  List<InFlight> list();

  /// How many the selector means.
  default int count(Selector selector) {
    int count = 0;
    for (InFlight call : list()) {
      if (selector.matches(call.subject())) {
        count++;
      }
    }
    return count;
  }
}
