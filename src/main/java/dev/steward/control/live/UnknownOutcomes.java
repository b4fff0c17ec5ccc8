// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import java.time.Instant;
import java.util.List;

/// Tool calls that may or may not have done what they were sent for: nobody can say, so a person
/// must look.
@FunctionalInterface
public interface UnknownOutcomes {
  /// None: a server without a gateway.
  UnknownOutcomes NONE = List::of;

  /// The newest first, those of this process and of the one before.
  List<Unknown> list();

  /// One such call.
  ///
  /// @param at when it was about to be sent
  /// @param call id of its span
  /// @param effect class of what it does
  record Unknown(
      Instant at,
      String call,
      String traceId,
      String agent,
      String server,
      String tool,
      String effect) {}
}
