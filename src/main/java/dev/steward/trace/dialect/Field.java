// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import java.util.Locale;

/// A fact of a span that the table finds in attributes; in the table its name is in kebab case.
public enum Field {
  PROVIDER,
  REQUEST_MODEL,
  RESPONSE_MODEL,
  RESPONSE_ID,
  FINISH_REASONS,
  FIRST_CHUNK,
  INPUT_TOKENS,
  /// Input without what was read from or written to a cache.
  UNCACHED_INPUT,
  OUTPUT_TOKENS,
  /// Output without reasoning.
  VISIBLE_OUTPUT,
  TOTAL_TOKENS,
  CACHE_READ,
  CACHE_WRITE,
  CACHE_WRITE_1H,
  REASONING,
  AUDIO_INPUT,
  AUDIO_OUTPUT,
  AUDIO_CACHE_READ,
  IMAGE_INPUT,
  WEB_SEARCHES,
  SERVICE_TIER,
  /// Whether the counts were not reported but estimated.
  ESTIMATED,
  COST,
  COST_INPUT,
  COST_OUTPUT,
  CONVERSATION,
  USER,
  WORKFLOW,
  TASK,
  RUN,
  AGENT,
  AGENT_VERSION,
  ENVIRONMENT,
  TOOL_NAME,
  TOOL_CALL_ID,
  TOOL_TYPE,
  TOOL_SERVER,
  ERROR_TYPE,
  STATUS_MESSAGE,
  LEVEL;

  static Field named(String inTable) {
    return valueOf(inTable.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
