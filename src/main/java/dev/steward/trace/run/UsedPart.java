// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.time.Instant;

/// Something that runs have really used, whatever was declared.
///
/// @param name of a tool as `server/tool`, or the tool alone where no server was said
/// @param runs how many runs used it
/// @param lastSeen when the latest of them was heard of
public record UsedPart(Kind kind, String name, long runs, Instant lastSeen) {

  /// What can be used.
  public enum Kind {
    MODEL,
    TOOL,
    SOURCE,
    /// Another agent that worked inside of the run.
    AGENT,
    WORKFLOW,
    VERSION
  }
}
