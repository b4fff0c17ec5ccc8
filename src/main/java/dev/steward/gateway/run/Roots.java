// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.domain.LastUsed;
import dev.steward.gateway.record.Root;
import dev.steward.gateway.record.Root.State;
import dev.steward.gateway.strand.Knot;
import dev.steward.gateway.strand.Strand;
import dev.steward.gateway.wire.Asked;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was written last of each run's own span, so that it is written again only when it says
/// something new.
final class Roots {
  private static final int RUNS_MAX = 10_000;

  private final Map<String, State> written = new LastUsed<>(RUNS_MAX);

  static Root of(Strand strand, State state, @Nullable Asked asked) {
    String opening =
        strand.opening().isEmpty() && asked != null ? Opening.of(asked) : strand.opening();
    return new Root(strand.rootSpanId(), strand.startedAt(), opening, state);
  }

  /// The span as it is to be written after a call, null when nothing has changed. A last word or a
  /// failure also ends the run later than was written before.
  synchronized @Nullable Root changed(Strand strand, Knot.Stage stage, @Nullable Asked asked) {
    State now =
        switch (stage) {
          case ASKED, CALLING -> State.OPEN;
          case SAID -> State.SAID;
          case FAILED -> State.FAILED;
        };
    State before = written.put(strand.traceId(), now);
    return now == State.OPEN && (before == null || before == State.OPEN)
        ? null
        : of(strand, now, asked);
  }
}
