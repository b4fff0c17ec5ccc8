// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;

/// A person wants a release to go on.
///
/// @param person id
/// @param pins digest of what the release pinned when they agreed; with others they would have to
///   agree anew
/// @param reason commitment to the reason's text
public record Agreement(String person, Digest pins, Instant at, Actor by, Digest reason) {}
