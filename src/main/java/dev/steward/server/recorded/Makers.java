// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import org.jspecify.annotations.Nullable;

/// Who must have served a recorded model, where its name leaves no choice.
final class Makers {
  private Makers() {}

  static @Nullable String of(String model) {
    if (model.startsWith("gpt-")) {
      return "openai";
    }
    if (model.startsWith("claude-")) {
      return "anthropic";
    }
    if (model.startsWith("gemini-")) {
      return "gcp.gen_ai";
    }
    return model.startsWith("command-") ? "cohere" : null;
  }
}
