// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.flight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The last words of calls that one kill cuts. All clients are told first; only then are the calls
/// ended, since that costs far more: closed connections, exceptions, books.
final class Partings {
  /// A client that reads has its last words long before; the calls of others need not wait.
  private static final Duration WORDS = Duration.ofMillis(50);

  /// After this the connection of a client that does not read is broken.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<Flight> flights = new ArrayList<>();
  private final List<Runnable> words = new ArrayList<>();

  /// A flight that has been cut; where nothing can be said it is ended at once.
  void add(Flight flight) {
    Optional<Runnable> parting = flight.parting();
    if (parting.isEmpty()) {
      flight.end();
    } else {
      flights.add(flight);
      words.add(parting.get());
    }
  }

  /// Begins to tell them, and does not wait.
  void begin() {
    if (flights.isEmpty()) {
      return;
    }
    CountDownLatch told = new CountDownLatch(words.size());
    List<Thread> telling = new ArrayList<>();
    for (Runnable parting : words) {
      telling.add(Thread.ofVirtual().name("last-words").start(() -> tell(parting, told)));
    }
    Thread.ofVirtual().name("cut").start(() -> end(told, telling));
  }

  private static void tell(Runnable parting, CountDownLatch told) {
    try {
      parting.run();
    } finally {
      told.countDown();
    }
  }

  private void end(CountDownLatch told, List<Thread> telling) {
    try {
      boolean all = told.await(WORDS.toMillis(), TimeUnit.MILLISECONDS);
      for (Flight flight : flights) {
        flight.end();
      }
      if (!all && !told.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        for (Thread thread : telling) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts it", e);
    }
  }
}
