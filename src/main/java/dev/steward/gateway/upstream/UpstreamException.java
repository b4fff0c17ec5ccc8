// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

/// A provider gave no answer.
public final class UpstreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Cause cause;

  /// What was in the way.
  public enum Cause {
    /// No connection: nothing was sent.
    UNREACHABLE,
    /// The connection broke before an answer.
    BROKEN,
    /// No answer in time.
    LATE
  }

  public UpstreamException(Cause cause, String message, Throwable reason) {
    super(message, reason);
    this.cause = cause;
  }

  public Cause what() {
    return cause;
  }
}
