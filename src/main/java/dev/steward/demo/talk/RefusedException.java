// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

/// A call of a model or a tool that got no answer. It ends the run that made it, whatever it was
/// about to do.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status of the answer, 0 where it broke off or none came
  public RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
