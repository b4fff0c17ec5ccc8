// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.domain.Usage;
import dev.steward.gateway.identity.Caller;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What is known of a model call that a client made because a tool server asked for it.
///
/// @param id 16 hex characters: the span's
/// @param place its parent is the server's question
/// @param hint the model that the server would have liked, "" for any
/// @param model that answered, as the client says
/// @param estimated whether the usage was counted here
/// @param asked parameters of `sampling/createMessage`
/// @param answered its result
public record SampledRecord(
    String id,
    Instant startedAt,
    Caller caller,
    Place place,
    String server,
    String hint,
    String model,
    Optional<Usage> usage,
    boolean estimated,
    ObjectNode asked,
    ObjectNode answered) {}
