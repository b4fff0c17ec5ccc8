// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// A model as a scripted agent meets it: a name and how long it takes. It stands where a real
/// provider cannot be had; its words come from the script.
///
/// @param provider normal provider name
/// @param version the name that its responses carry
record ScriptedModel(
    String provider, String name, String version, int firstTokenMillis, int tokensPerSecond) {

  static final ScriptedModel GPT_5 =
      new ScriptedModel("openai", "gpt-5", "gpt-5-2025-08-07", 620, 70);
  static final ScriptedModel GPT_5_MINI =
      new ScriptedModel("openai", "gpt-5-mini", "gpt-5-mini-2025-08-07", 310, 140);
  static final ScriptedModel SONNET =
      new ScriptedModel("anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", 540, 80);
  static final ScriptedModel FLASH =
      new ScriptedModel("gcp.gemini", "gemini-2.5-flash", "gemini-2.5-flash", 240, 210);

  /// A model that no price table knows.
  static final ScriptedModel IN_HOUSE =
      new ScriptedModel("in-house", "pricing-llm", "pricing-llm-0.3", 900, 40);

  /// The same model on a bad day.
  ScriptedModel slowedBy(int factor) {
    return new ScriptedModel(
        provider, name, version, firstTokenMillis * factor, Math.max(1, tokensPerSecond / factor));
  }

  Duration takes(long outputTokens, RandomGenerator dice) {
    double jitter = 0.8 + 0.4 * dice.nextDouble();
    return Duration.ofMillis(
        (long) ((firstTokenMillis + 1000.0 * outputTokens / tokensPerSecond) * jitter));
  }
}
