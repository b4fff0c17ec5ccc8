// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.folder;

import java.io.Serial;

/// A start that cannot go on. Its message names the cause, the place and the remedy.
public final class StartRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public StartRefused(String message) {
    super(message);
  }

  public StartRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
