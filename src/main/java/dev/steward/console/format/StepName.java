// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import java.util.Map;

/// The name of a step in words: instrumentation begins it with the name of an operation.
public final class StepName {
  private static final Map<String, String> OPERATIONS =
      Map.of("execute_tool", "tool", "invoke_agent", "agent", "create_agent", "new agent");

  private StepName() {}

  /// `execute_tool refund` as `tool refund`, `chat gpt-5` as it is.
  public static String words(String name) {
    int end = name.indexOf(' ');
    String words = end < 0 ? null : OPERATIONS.get(name.substring(0, end));
    return words == null ? name : words + name.substring(end);
  }
}
