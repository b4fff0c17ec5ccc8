// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key by which an agent proves itself; its value is known to its holder only.
///
/// @param hash SHA-256 of the value
/// @param version the one version it is for, "" for whatever is in force
public record AgentKey(
    String id,
    Digest hash,
    String agent,
    String environment,
    String version,
    Instant issuedAt,
    Actor issuedBy,
    @Nullable Instant revokedAt) {
  public boolean active() {
    return revokedAt == null;
  }

  AgentKey revoked(Instant at) {
    return new AgentKey(id, hash, agent, environment, version, issuedAt, issuedBy, at);
  }
}
