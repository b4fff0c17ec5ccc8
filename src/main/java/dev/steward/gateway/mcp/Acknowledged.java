// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.joined.Joined;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What servers say that they will tell a subscriber, before anything is told.
final class Acknowledged {
  private final Destination to;
  private final ObjectNode honoured;
  private final Set<ToolServer> open;
  private final CountDownLatch passed = new CountDownLatch(1);

  /// @param asked servers that must say whether they tell of what they were asked for
  /// @param lists whose changes we tell ourselves
  Acknowledged(Destination to, Set<ToolServer> asked, ObjectNode lists) {
    this.to = to;
    this.honoured = lists.deepCopy();
    this.open = new HashSet<>(asked);
  }

  /// Takes in what one server says that it tells of; only its first word counts.
  synchronized void said(ToolServer server, JsonNode filter) {
    if (open.remove(server) && to instanceof Destination.All all) {
      Joined.honoured(all, server, filter, honoured);
    }
    notifyAll();
  }

  /// Waits until all have said it, but no longer than that.
  ///
  /// @return what the client is told that it will hear of
  synchronized ObjectNode await(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis(); !open.isEmpty() && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    open.clear();
    return honoured;
  }

  /// Says that the client was told.
  void passed() {
    passed.countDown();
  }

  void awaitPassed() throws InterruptedException {
    passed.await();
  }
}
