// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import dev.steward.trace.JournalRecord.Signal;

/// The check before the journal: what is undecodable is refused whole, spans without an identity
/// are refused one by one, everything else is accepted as it came.
public final class Acceptance {

  /// @param body uncompressed
  /// @throws dev.steward.domain.ApiException MALFORMED with what is wrong and where
  public Accepted accept(Signal signal, OtlpEncoding encoding, byte[] body) {
    throw new UnsupportedOperationException(signal + " " + encoding + " " + body.length);
  }
}
