// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;

/// A version in an agent's history, as it was first declared.
public record VersionEntry(Digest version, long sequence, Instant at, Actor by) {}
