// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.record.CallRecord;

/// Charges what a call has used, before its client can ask again.
@FunctionalInterface
public interface Settling {
  void settle(CallRecord call);
}
