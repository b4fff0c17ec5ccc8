// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.Locale;

/// What money went to. Each has its own column in the cost of a run.
public enum Spend {
  /// Tokens of a model or embedding call.
  MODEL("", ""),
  /// Calls of tools.
  TOOL("tool-call", ""),
  /// Calls of somebody's API, made by a tool.
  API("api-call", ""),
  /// Searches over documents, memory or an index.
  RETRIEVAL("retrieval", ""),
  /// Seconds of a machine.
  COMPUTE("compute-second", "steward.compute.seconds"),
  /// Minutes of a person.
  REVIEW("review-minute", "steward.review.minutes");

  private final String unit;
  private final String attribute;

  Spend(String unit, String attribute) {
    this.unit = unit;
    this.attribute = attribute;
  }

  /// How a Price names one piece of it, "" of what is counted in tokens.
  public String unit() {
    return unit;
  }

  /// The attribute of a span that says how much it was, "" where the span itself is one.
  public String attribute() {
    return attribute;
  }

  /// Its word on the wire: `model`, `tool`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
