// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;

/// What a detector sees at this moment, before the limits are asked.
record Found(LoopRule rule, long count, String reason) {}
