// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.storage;

import java.io.Serial;

/// A log that does not verify. It stops the server: nothing is ever repaired silently.
public final class BrokenLedgerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// What to do about it.
  public static final String REMEDY =
      "nothing was changed: keep the folder as evidence, run 'steward verify --data DIR' on it, and"
          + " start from a backup with 'steward restore'";

  private final String what;

  public BrokenLedgerException(String place, String what) {
    super("the ledger " + place + " is broken: " + what + "; " + REMEDY);
    this.what = what;
  }

  public BrokenLedgerException(String place, String what, Throwable cause) {
    super("the ledger " + place + " is broken: " + what + "; " + REMEDY, cause);
    this.what = what;
  }

  /// What is wrong, without place and remedy.
  public String what() {
    return what;
  }
}
