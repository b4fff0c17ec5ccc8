// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.secret;

import java.time.Instant;
import java.util.Locale;

/// What may be known of a secret.
///
/// @param rotatedAt when its value was set last
public record SecretEntry(String name, Instant rotatedAt, Origin origin) {

  /// Where a value came from.
  public enum Origin {
    /// Somebody set it.
    PERSON,
    /// A variable of the environment at start, which may replace its own but no person's.
    ENVIRONMENT;

    /// As it is written.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
