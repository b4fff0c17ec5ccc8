// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import java.io.Serial;

/// Ends an evaluation that hangs on where a value came from, when nobody knows.
final class TaintException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TaintException() {
    super("not known where the value came from", null, false, false);
  }

  static boolean causes(Throwable thrown) {
    int depth = 0;
    for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause()) {
      if (cause instanceof TaintException) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
