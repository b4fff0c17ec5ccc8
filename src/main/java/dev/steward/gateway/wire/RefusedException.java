// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

/// Ends the way of a call with a refusal. It has no stack trace: it is an ending, not a failure,
/// and a thousand of them at once must cost little.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  public RefusedException(Refusal refusal, Throwable cause) {
    super(refusal.message(), cause, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
