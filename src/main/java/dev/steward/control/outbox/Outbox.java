// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Where deliveries lie, and up to which entry of the control ledger there are any.
public interface Outbox extends AutoCloseable {
  /// How many entries of the control ledger were looked at, empty in a new one.
  OptionalLong position();

  /// Keeps the deliveries and the new position together, or neither; both are durable when it
  /// returns. One whose id there is already stays as it is.
  void put(List<Delivery> deliveries, long position);

  /// Keeps deliveries of what is in no ledger. One whose id there is already stays as it is.
  ///
  /// @return how many are new
  int add(List<Delivery> deliveries);

  /// Keeps how a delivery stands now; one that is not there any more stays gone.
  void update(Delivery delivery);

  /// Those that wait and whose time has come, the first due first.
  List<Delivery> due(Instant now, int max);

  /// When the next one that waits is due.
  Optional<Instant> nextDue();

  Optional<Delivery> find(String id);

  /// The newest first.
  ///
  /// @param status null for all
  List<Delivery> list(Delivery.@Nullable Status status, int max);

  /// Those whose notices are about the subject, the newest first.
  List<Delivery> about(String subject, int max);

  @Override
  void close();
}
