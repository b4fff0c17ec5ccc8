// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.io.IOException;

/// The client left before its answer was whole. It is no fault of anybody here, so it has no stack
/// trace and is not to be logged.
public final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  public ClientGoneException() {
    super("the client has left");
  }

  /// @param cause how it showed
  public ClientGoneException(Throwable cause) {
    super("the client has left", cause);
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
