// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.evidence;

/// What the activity ledger says of a recorded call.
public enum CallVerdict {
  /// It says what it said then.
  UNCHANGED,
  /// It says something else by now.
  CHANGED,
  /// No entry binds it (yet).
  UNBOUND
}
