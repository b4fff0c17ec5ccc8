// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import java.io.Serial;

/// The end of a verifier's walk at the first thing that does not fit.
final class RefutedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final long index;
  private final String what;

  RefutedException(long index, String what) {
    super(what);
    this.index = index;
    this.what = what;
  }

  RefutedException(String what) {
    this(-1, what);
  }

  String what() {
    return what;
  }

  long index() {
    return index;
  }
}
