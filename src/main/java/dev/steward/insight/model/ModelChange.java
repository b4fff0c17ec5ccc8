// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.model;

import java.time.Instant;

/// A provider answered with another model than ever before, though the same was asked for.
///
/// @param before who answered until then
/// @param at when the first such answer came
/// @param environment of the agent, "" where that is not known
/// @param run whose call it was
public record ModelChange(
    Asking asked, Answerer before, Answerer after, Instant at, String environment, String run) {
  /// In a sentence without its full stop.
  public String words() {
    return "asked for "
        + asked.words()
        + ", the provider answered with "
        + after.words()
        + "; before it was "
        + before.words();
  }
}
