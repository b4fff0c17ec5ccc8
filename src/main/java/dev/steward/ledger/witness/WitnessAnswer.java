// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

import dev.steward.ledger.note.NoteSignature;
import java.util.List;

/// What a witness said to a checkpoint.
public sealed interface WitnessAnswer {

  /// It has seen the log only grow.
  record Cosigned(List<NoteSignature> signatures) implements WitnessAnswer {}

  /// It has last seen another size than the request began from.
  record Conflict(long size) implements WitnessAnswer {}

  /// It cosigned nothing.
  record Refused(String reason) implements WitnessAnswer {}
}
