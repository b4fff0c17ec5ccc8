// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

/// An answer cannot be taken apart within the bounds of memory.
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooLargeException(String reason) {
    super(reason);
  }
}
