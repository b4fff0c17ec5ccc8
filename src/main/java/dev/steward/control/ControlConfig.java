// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

/// The limits of control.
///
/// @param waitingCommandsMax commands that may wait; the next gets LEDGER_BUSY
/// @param snapshotEntries entries after which State is kept as a snapshot
public record ControlConfig(int waitingCommandsMax, int snapshotEntries) {
  public static final ControlConfig DEFAULT = new ControlConfig(1024, 10_000);

  public ControlConfig {
    if (waitingCommandsMax < 1 || snapshotEntries < 1) {
      throw new IllegalArgumentException("a limit of control is not positive");
    }
  }
}
