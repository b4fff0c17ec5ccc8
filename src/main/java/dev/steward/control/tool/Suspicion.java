// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import java.util.Locale;

/// Something in a tool's definition that looks as if it were meant to steer the model, beyond
/// telling it what the tool does.
///
/// @param rule short name of what was looked for, such as `hidden-text`
/// @param place such as `description` or `inputSchema.properties.to.description`
/// @param message for the operator who is to accept the tool
public record Suspicion(Weight weight, String rule, String place, String message) {

  /// How much it weighs.
  public enum Weight {
    /// Worth a look; honest tools have it too.
    NOTE,
    /// An honest definition has no reason for it: the tool is accepted only on purpose.
    GRAVE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
