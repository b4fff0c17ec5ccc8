// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.window;

import dev.steward.control.budget.WindowKey;
import dev.steward.control.live.BudgetUse.Point;
import dev.steward.gateway.window.Actual.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fact of the budget log.
public sealed interface LogEntry {

  /// A call is about to be sent.
  record Started(long call, Instant at, List<Reserved> parts) implements LogEntry {
    public static Started of(long call, Instant at, List<Part> parts) {
      List<Reserved> reserved = new ArrayList<>();
      for (Part part : parts) {
        reserved.add(new Reserved(part.counter().key(), part.amount()));
      }
      return new Started(call, at, reserved);
    }
  }

  /// What a call reserves of one window.
  record Reserved(WindowKey key, BigDecimal amount) {}

  /// A call ended.
  ///
  /// @param charges in the order of what it had reserved
  record Settled(long call, Instant at, List<Charge> charges) implements LogEntry {}

  /// A call was never sent.
  record Released(long call) implements LogEntry {}

  /// All that is known of one window; it takes the place of what was said of it before.
  record Total(
      WindowKey key,
      Instant since,
      @Nullable Instant ends,
      BigDecimal used,
      BigDecimal unknown,
      long unknownCalls,
      long calls,
      long refused,
      Instant active,
      Counter.@Nullable Notice warned,
      Counter.@Nullable Notice stopped,
      List<Point> points)
      implements LogEntry {
    public static Total of(Counter counter) {
      return new Total(
          counter.key(),
          counter.since(),
          counter.ends(),
          counter.used(),
          counter.unknown(),
          counter.unknownCalls(),
          counter.calls(),
          counter.refused(),
          counter.active(),
          counter.warned(),
          counter.stopped(),
          counter.points().all());
    }
  }
}
