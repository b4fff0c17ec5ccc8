// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

/// An answer cannot be taken apart, so nobody can tell what it holds.
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableException(String reason) {
    super(reason);
  }
}
