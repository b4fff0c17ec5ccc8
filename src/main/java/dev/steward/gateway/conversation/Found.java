// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.conversation;

import dev.steward.domain.LoopRule;
import java.util.function.Supplier;

/// What a detector sees at this moment, before the limits are asked.
///
/// @param reason written only where a limit is reached
public record Found(LoopRule rule, long count, Supplier<String> reason) {}
