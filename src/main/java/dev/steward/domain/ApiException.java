// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.io.Serial;

/// A failure that the client can act on. Its message names the cause, the place and the remedy.
public final class ApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final ErrorCode code;

  public ApiException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public ApiException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
