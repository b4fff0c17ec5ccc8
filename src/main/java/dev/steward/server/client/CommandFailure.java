// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import java.io.Serial;

/// A command that could not be done. Its message is what the person at the terminal reads.
public final class CommandFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int exitCode;

  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
