// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

/// The model that is asked instead.
///
/// @param model its name as the other provider knows it
/// @param outputTokensMax the most that it can write in one answer: sent where the caller names no
///   maximum and the other dialect demands one, and a caller who asks for more is refused
public record Target(String model, int outputTokensMax) {

  public Target {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model is blank");
    }
    if (outputTokensMax < 1) {
      throw new IllegalArgumentException("outputTokensMax is " + outputTokensMax);
    }
  }
}
