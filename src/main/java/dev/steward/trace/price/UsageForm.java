// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

/// The form in which a provider's answer reports its usage.
public enum UsageForm {
  /// Chat completions and legacy completions, of OpenAI and all who speak like it.
  OPENAI_CHAT,
  OPENAI_EMBEDDINGS,
  OPENAI_RESPONSES,
  ANTHROPIC,
  /// `generateContent` and `embedContent`, also on Vertex.
  GEMINI,
  /// Bedrock's Converse; its InvokeModel answers in the form of the model's maker.
  BEDROCK,
  COHERE
}
