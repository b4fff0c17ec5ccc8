// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import org.jspecify.annotations.Nullable;

/// Why something is done.
public record ReasonRequest(String reason) {
  public ReasonRequest {
    reason = given(reason);
  }

  /// A member of a request without the blanks around it, "" where it was left out.
  public static String given(@Nullable String member) {
    return member == null ? "" : member.strip();
  }
}
