// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.rollout;

import dev.steward.domain.Digest;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The rule that gives a share of the traffic to the canary: by a hash, so that every node says the
/// same without asking another. Whoever was given an arm once must keep it as a pin, and hand it in
/// on every later call: then a changed share moves no one.
///
/// @param salt of this canary alone, so that two canaries do not try the same people
public record Assignment(String salt) {
  private static final double STEPS = 0x1p53;

  public Assignment {
    if (salt.isBlank()) {
      throw new IllegalArgumentException("salt is blank");
    }
  }

  /// A point in [0, 1) that is the same on every call, and evenly spread over all who call.
  public double point(Assigned who) {
    String text = salt.length() + ":" + salt + who.kind().word() + ":" + who.id();
    return (ByteBuffer.wrap(Digest.of(text).bytes()).getLong() >>> 11) / STEPS;
  }

  /// The arm of one who calls for the first time. With a greater share all who were in the canary
  /// stay in it.
  ///
  /// @param share of the canary, 0 to 1
  public Arm arm(Assigned who, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is not within 0 and 1: " + share);
    }
    return point(who) < share ? Arm.CANARY : Arm.CONTROL;
  }

  /// The arm that was given before, else one by the share in force.
  public Arm arm(Assigned who, double share, Optional<Arm> pin) {
    return pin.orElseGet(() -> arm(who, share));
  }
}
