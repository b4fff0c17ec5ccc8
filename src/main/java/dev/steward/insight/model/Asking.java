// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.model;

/// What an agent asks for again and again, and expects the same model behind.
///
/// @param use of its version, "" where only the agent itself tells of its calls
/// @param provider as it is declared, else as the agent names it
/// @param model that is asked for
public record Asking(String agent, String use, String provider, String model) {
  /// Whether the gateway saw its calls pass.
  boolean governed() {
    return !use.isEmpty();
  }

  /// In words, such as `gpt-5 of openai (main)`.
  public String words() {
    return model
        + (provider.isEmpty() ? "" : " of " + provider)
        + (use.isEmpty() || use.equals(model) ? "" : " (" + use + ")");
  }
}
