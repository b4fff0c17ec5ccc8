// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.secret;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.nio.charset.StandardCharsets;

/// A value that nobody may see. It is neither equal to another nor has it a text, so that no log
/// line, message or comparison can tell it.
public final class Secret {
  private static final int BYTES_MAX = 16 * 1024;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// @throws ApiException INVALID when it is empty or holds what no header can carry, TOO_LARGE
  public static Secret of(String value) {
    String bare = value.strip();
    if (bare.isEmpty()) {
      throw new ApiException(ErrorCode.INVALID, "the secret is empty; give its value");
    }
    if (bare.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      throw new ApiException(ErrorCode.TOO_LARGE, "a secret holds at most " + BYTES_MAX + " bytes");
    }
    return new Secret(bare);
  }

  /// The value, for the one place that presents it.
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
