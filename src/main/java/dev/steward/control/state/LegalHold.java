// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;

/// An order to keep something past its retention.
///
/// @param reason commitment to the reason's text, which lies beside the ledger
public record LegalHold(
    String id, Subject subject, String subjectId, Digest reason, Instant placedAt, Actor placedBy) {

  /// What can be held.
  public enum Subject {
    RUN,
    CONVERSATION,
    INCIDENT
  }
}
