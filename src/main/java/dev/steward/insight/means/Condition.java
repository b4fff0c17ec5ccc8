// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the server itself is doing.
///
/// @param deadLetters spans that could not be loaded
/// @param oldestLetter since when the oldest of them lies there, null without one
/// @param lag age of the oldest record that waits to be loaded
/// @param waiting spans that wait
/// @param slowedDown requests that were asked to wait since the server started
/// @param trouble why the span store takes nothing at the moment, null when all is well
public record Condition(
    long deadLetters,
    @Nullable Instant oldestLetter,
    Duration lag,
    long waiting,
    long slowedDown,
    @Nullable String trouble,
    Past past,
    Log log,
    Disk disk) {

  /// The history of runs.
  ///
  /// @param state attached, opening, waiting or failed
  public record Past(String state, String reason) {}

  /// The control ledger.
  ///
  /// @param size entries in it
  /// @param signed entries that its newest checkpoint covers
  /// @param lastEntry when the last entry was made, null without one
  /// @param witnesses how many others cosign its checkpoints
  public record Log(long size, long signed, @Nullable Instant lastEntry, int witnesses) {}

  /// The disk under the data folder, in bytes; both 0 when that is not known.
  public record Disk(long free, long whole) {}
}
