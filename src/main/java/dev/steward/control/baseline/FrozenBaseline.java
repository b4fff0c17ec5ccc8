// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.baseline;

import dev.steward.domain.Digest;
import java.time.Instant;

/// What an agent's runs in an environment were like when they were learnt. It stays as it is until
/// a person lets it go.
///
/// @param version as the runs name it: the first characters of its digest, or `undeclared`
/// @param runs that it was learnt from
/// @param from time of the first of them
/// @param to time of the last of them
/// @param record digest of the whole of it as JSON
public record FrozenBaseline(
    String agent,
    String environment,
    String version,
    int runs,
    Instant from,
    Instant to,
    Instant learntAt,
    Digest record) {}
