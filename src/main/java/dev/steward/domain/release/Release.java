// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import dev.steward.domain.Digest;

/// One version of an agent on its way one stage on.
///
/// @param from environment in which the version is in force
/// @param to environment of the next stage
/// @param stage of `to`
public record Release(
    String id,
    String agent,
    Digest version,
    String from,
    String to,
    Stage stage,
    Strategy strategy) {}
