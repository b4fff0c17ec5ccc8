// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import dev.steward.trace.JournalRecord.Signal;

/// What of a request may go into the journal.
///
/// @param payload the accepted part as OTLP protobuf; the very bytes that came when nothing was
///   refused and they were protobuf
/// @param items accepted spans, log records or data points, by the signal
/// @param rejected how many items were refused
/// @param message why, "" when none was refused; ready for `partialSuccess.errorMessage`
public record Accepted(Signal signal, byte[] payload, int items, int rejected, String message) {

  /// Spans accepted: what a `JournalRecord` counts, 0 for logs and metrics.
  public int spans() {
    return signal == Signal.TRACES ? items : 0;
  }
}
