// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Moment;
import dev.steward.console.part.Deed;
import org.jspecify.annotations.Nullable;

/// A call in flight, or one that was there a moment ago.
///
/// @param anchor of the row, which stays where it is and may be another call's later
/// @param runHref "" where the run is not known
/// @param waitsHref the approval that people have not given yet, "" for none
/// @param kill null for a reader who may not
/// @param killAgentHref the question before all calls of the agent are killed, "" for a reader who
///   may not
public record CallRow(
    String anchor,
    boolean ended,
    String step,
    String agent,
    String agentHref,
    String model,
    String provider,
    String runHref,
    String waitsHref,
    Moment since,
    String tokens,
    CostText cost,
    @Nullable Deed kill,
    String killAgentHref) {}
