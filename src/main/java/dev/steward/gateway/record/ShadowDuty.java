// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.policy.duty.Duty;

/// What a policy in shadow mode would have demanded along with a call, and what would have come of
/// it.
///
/// @param came "" where it would have been kept
public record ShadowDuty(Duty duty, String came) {
  /// Such as `redact iban`, or `a reason: none was given, so the call would have been refused`.
  public String words() {
    return came.isEmpty() ? duty.words() : duty.words() + ": " + came;
  }
}
