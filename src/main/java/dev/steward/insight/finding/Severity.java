// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

/// How much a finding matters, the worst first.
public enum Severity {
  /// Something is lost or wrong now.
  CRITICAL,
  /// Something is not as it was or should be.
  WARNING,
  /// Worth knowing; nothing is wrong.
  NOTE;

  /// The word on the wire, lower case.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
