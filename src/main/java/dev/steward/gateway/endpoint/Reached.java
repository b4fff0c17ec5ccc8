// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.health.Visit;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.wire.Refusal;
import java.util.Optional;

/// What came of asking an endpoint, which must be closed.
///
/// @param trouble why it counts as failed, empty where it answered
/// @param visit told how the answer goes on
public record Reached(Optional<UpstreamAnswer> answer, Optional<Refusal> trouble, Visit visit)
    implements AutoCloseable {
  public static Reached not(Refusal why, Visit visit) {
    return new Reached(Optional.empty(), Optional.of(why), visit);
  }

  @Override
  public void close() {
    try {
      answer.ifPresent(UpstreamAnswer::close);
    } finally {
      visit.leave();
    }
  }
}
