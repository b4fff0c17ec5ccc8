// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.budget;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.math.BigDecimal;
import java.time.Instant;

/// More for one window, given by somebody for a reason.
///
/// @param reason commitment to the reason's text, which lies beside the ledger
public record TopUp(BigDecimal amount, Digest reason, Instant at, Actor by) {}
