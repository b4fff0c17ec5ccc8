// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import java.io.Serial;

/// An argument that does not fit its schema. Its message names the place, never the value.
final class ArgumentException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ArgumentException(String message) {
    super(message, null, false, false);
  }
}
