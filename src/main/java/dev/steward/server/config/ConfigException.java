// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import java.io.Serial;

/// A configuration that the server refuses to start with. Its message names the key, the place and
/// the remedy.
public final class ConfigException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
