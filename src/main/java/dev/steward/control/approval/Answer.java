// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.approval;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one person said.
///
/// @param arguments digest of those that were agreed to, or refused
/// @param edited commitment to the text of the arguments where this answer changed them, else null
/// @param reason commitment to its text
/// @param minutes that it took, null when not known
public record Answer(
    Actor by,
    boolean approve,
    Instant at,
    Digest arguments,
    @Nullable Digest edited,
    Digest reason,
    @Nullable BigDecimal minutes) {}
