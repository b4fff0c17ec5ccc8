// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.plan.Plan;
import dev.steward.ledger.Receipt;
import java.util.List;

/// How an accepted command ended: it is durable, and the State at `sequence` shows it.
///
/// @param receipts one an entry, none where there was nothing to change
/// @param plan what an apply or delete changed; empty for other commands
public record Accepted(long sequence, List<Receipt> receipts, Plan plan) {}
