// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the passing of an answer ended.
///
/// @param copy of what the provider sent, as far as it was kept
/// @param whole whether the copy is all that came
/// @param firstByte when the first byte of the body came, null when none did
/// @param ending how it ended
public record Relayed(byte[] copy, boolean whole, @Nullable Instant firstByte, Ending ending) {

  /// How it ended.
  public sealed interface Ending {
    /// The provider's answer came to its end.
    record Complete() implements Ending {}

    /// The client went away; the provider's work was ended.
    record ClientGone() implements Ending {}

    /// The provider broke off, or stopped sending.
    record UpstreamBroke(String reason, boolean late) implements Ending {}

    /// Somebody cut it, by a kill or because the server stops.
    ///
    /// @param told whether the client has been told, and has its last byte
    record Cut(boolean told) implements Ending {}
  }
}
