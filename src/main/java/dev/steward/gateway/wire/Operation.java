// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import dev.steward.trace.price.UsageForm;

/// What can be asked of a model over the gateway.
public enum Operation {
  CHAT(Dialect.OPENAI, "chat", UsageForm.OPENAI_CHAT),
  RESPONSES(Dialect.OPENAI, "chat", UsageForm.OPENAI_RESPONSES),
  EMBEDDINGS(Dialect.OPENAI, "embeddings", UsageForm.OPENAI_EMBEDDINGS),
  OPENAI_MODELS(Dialect.OPENAI, "", UsageForm.OPENAI_CHAT),
  MESSAGES(Dialect.ANTHROPIC, "chat", UsageForm.ANTHROPIC),
  COUNT_TOKENS(Dialect.ANTHROPIC, "", UsageForm.ANTHROPIC),
  ANTHROPIC_MODELS(Dialect.ANTHROPIC, "", UsageForm.ANTHROPIC),
  GENERATE(Dialect.GEMINI, "generate_content", UsageForm.GEMINI),
  STREAM_GENERATE(Dialect.GEMINI, "generate_content", UsageForm.GEMINI),
  INTERACTIONS(Dialect.GEMINI, "generate_content", UsageForm.GEMINI),
  GEMINI_EMBED(Dialect.GEMINI, "embeddings", UsageForm.GEMINI),
  GEMINI_COUNT_TOKENS(Dialect.GEMINI, "", UsageForm.GEMINI),
  CONVERSE(Dialect.BEDROCK, "chat", UsageForm.BEDROCK),
  CONVERSE_STREAM(Dialect.BEDROCK, "chat", UsageForm.BEDROCK),
  /// The body is in the form of the model's maker.
  INVOKE(Dialect.BEDROCK, "chat", UsageForm.BEDROCK),
  INVOKE_STREAM(Dialect.BEDROCK, "chat", UsageForm.BEDROCK),
  BEDROCK_COUNT_TOKENS(Dialect.BEDROCK, "", UsageForm.BEDROCK);

  private final Dialect dialect;
  private final String genAi;
  private final UsageForm usage;

  Operation(Dialect dialect, String genAi, UsageForm usage) {
    this.dialect = dialect;
    this.genAi = genAi;
    this.usage = usage;
  }

  public Dialect dialect() {
    return dialect;
  }

  /// The value of `gen_ai.operation.name`, "" for what calls no model.
  public String genAi() {
    return genAi;
  }

  /// Whether a model answers and tokens are spent.
  public boolean spends() {
    return !genAi.isEmpty();
  }

  public UsageForm usage() {
    return usage;
  }
}
