// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// A model as a scripted agent meets it: a name and how long it takes. It stands where a real
/// provider cannot be had; its words come from the script.
///
/// @param provider normal provider name
/// @param version the name that its responses carry
public record ScriptedModel(
    String provider, String name, String version, int firstTokenMillis, int tokensPerSecond) {

  public static final ScriptedModel GPT_5 =
      new ScriptedModel("openai", "gpt-5", "gpt-5-2025-08-07", 620, 70);
  public static final ScriptedModel GPT_5_MINI =
      new ScriptedModel("openai", "gpt-5-mini", "gpt-5-mini-2025-08-07", 310, 140);
  public static final ScriptedModel SONNET =
      new ScriptedModel("anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", 540, 80);

  /// A model that no price table knows.
  public static final ScriptedModel IN_HOUSE =
      new ScriptedModel("in-house", "pricing-llm", "pricing-llm-0.3", 900, 40);

  /// The same model on a bad day.
  public ScriptedModel slowedBy(int factor) {
    return new ScriptedModel(
        provider, name, version, firstTokenMillis * factor, Math.max(1, tokensPerSecond / factor));
  }

  public Duration takes(long outputTokens, RandomGenerator dice) {
    double jitter = 0.8 + 0.4 * dice.nextDouble();
    return Duration.ofMillis(
        (long) ((firstTokenMillis + 1000.0 * outputTokens / tokensPerSecond) * jitter));
  }

  /// Whether it is asked in the way of Anthropic's messages; all others in that of OpenAI's chat.
  public boolean speaksMessages() {
    return provider.equals("anthropic");
  }

  /// Tokens that it spends on thoughts that it does not show.
  public long thinking(RandomGenerator dice) {
    return provider.equals("openai") ? 128 + 64L * dice.nextInt(8) : 0;
  }

  /// The name that answers of a model carry.
  public static String versionOf(String name) {
    for (ScriptedModel model : List.of(GPT_5, GPT_5_MINI, SONNET)) {
      if (model.name.equals(name)) {
        return model.version;
      }
    }
    return name;
  }
}
