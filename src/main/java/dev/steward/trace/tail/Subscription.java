// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import java.time.Duration;
import java.util.Set;

/// A live page's ear at the tail. What it does not take in time is folded into one `Refresh`.
public interface Subscription extends AutoCloseable {

  /// The next change, waiting for one until the time is over.
  Change take(Duration patience) throws InterruptedException;

  @Override
  void close();

  /// What a listener is told.
  sealed interface Change {
    /// Spans or evaluations of these traces arrived.
    record Traces(Set<String> ids) implements Change {}

    /// Too much happened: read everything anew.
    record Refresh() implements Change {}

    /// Nothing happened in that time.
    record Quiet() implements Change {}
  }
}
