// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import java.time.Instant;

/// One accepted request as it lies in the journal.
///
/// @param signal what kind of request
/// @param spans how many spans it holds, 0 for logs and metrics
/// @param received when it was accepted
/// @param sender the agent key it came with, as `agent@environment@version` facts
/// @param payload the request as OTLP protobuf, uncompressed; spans that were refused are not in it
public record JournalRecord(
    Signal signal, int spans, Instant received, Sender sender, byte[] payload) {

  /// Which collector request the payload is.
  public enum Signal {
    TRACES,
    LOGS,
    METRICS
  }
}
