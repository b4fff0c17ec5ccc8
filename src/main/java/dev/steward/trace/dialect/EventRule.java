// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

/// What an event that carries messages holds.
///
/// @param role of its message when it does not say one
public record EventRule(Side side, String role) {

  /// Which list of messages an event belongs to.
  public enum Side {
    INPUT,
    OUTPUT,
    /// The event carries the attributes of a whole call.
    BOTH
  }
}
