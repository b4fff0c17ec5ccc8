// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import java.io.Serial;

/// The end of a verifier's walk at the first thing that does not fit.
final class RefutedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final long index;

  RefutedException(long index, String what) {
    super(what);
    this.index = index;
  }

  RefutedException(String what) {
    this(-1, what);
  }

  long index() {
    return index;
  }
}
