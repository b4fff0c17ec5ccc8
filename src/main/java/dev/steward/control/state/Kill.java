// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import dev.steward.domain.Selector;
import java.time.Instant;
import java.util.Optional;

/// An order that no call which the selector means may go on or begin.
///
/// @param secondPerson whether two people must want it gone before it is
/// @param reason commitment to the reason's text, which lies beside the ledger
/// @param proposal who wants it gone and waits for a second person
public record Kill(
    String id,
    Selector selector,
    boolean secondPerson,
    Digest reason,
    Instant at,
    Actor by,
    Optional<Proposal> proposal) {

  /// A wish to restore that one person alone cannot fulfil.
  public record Proposal(Actor by, Instant at, Digest reason) {}

  Kill proposed(Proposal wish) {
    return new Kill(id, selector, secondPerson, reason, at, by, Optional.of(wish));
  }
}
