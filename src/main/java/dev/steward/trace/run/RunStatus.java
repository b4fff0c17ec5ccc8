// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

/// Where a run stands.
public enum RunStatus {
  STARTED,
  WORKING,
  WAITING,
  FINISHED,
  FAILED,
  ABANDONED;

  public boolean open() {
    return this == STARTED || this == WORKING || this == WAITING;
  }

  /// The word on the wire, lower case.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
