// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.shelf;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One declared form of a resource in its history.
///
/// @param sequence number of ledger entries up to and with the one that says so
/// @param body digest of the declared form, null for a tombstone
/// @param version digest of the agent version declared with it, null for what is no agent
/// @param card commitment to a person's name and address, null for what is no person
public record Revision(
    long sequence,
    Instant at,
    Actor by,
    @Nullable Digest body,
    @Nullable Digest version,
    @Nullable Digest card) {
  public boolean deleted() {
    return body == null;
  }
}
