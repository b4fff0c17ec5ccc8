// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.io.Serial;

/// A note, checkpoint or key from outside that is malformed, or a signature that does not verify.
public final class NoteException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public NoteException(String message) {
    super(message);
  }
}
