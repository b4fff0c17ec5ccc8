// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.effect;

import dev.steward.domain.call.Effect;
import dev.steward.trace.span.Span;

/// One call of a tool that does something to the world.
///
/// @param server "" where nobody declares one for it
/// @param reversible by which tool, "" where none is declared
/// @param compensation whether it was undone
/// @param compensatedBy id of the span that undid it, "" for none
/// @param proposedBy id of the span of the model step that proposed it, "" where none is known
/// @param unattributed whether the gateway found no model step that proposed it
public record RunEffect(
    Span span,
    String server,
    String tool,
    Effect effect,
    Passage passage,
    Outcome outcome,
    String reversible,
    Compensation compensation,
    String compensatedBy,
    String proposedBy,
    boolean unattributed) {

  /// Which way it went.
  public enum Passage {
    /// Through the gateway, which tells of it.
    GATEWAY,
    /// In the agent's own process, which alone tells of it.
    LOCAL,
    /// Past the gateway, though its tool lies behind it.
    UNGOVERNED
  }

  /// How it ended.
  public enum Outcome {
    DONE,
    /// It was sent and failed: it may have had its effect, or not.
    FAILED
  }

  /// Whether a later call of the tool that undoes it fits to it.
  public enum Compensation {
    NONE,
    COMPENSATED,
    /// There was such a call, and what either of them said is not kept.
    UNKNOWN
  }
}
