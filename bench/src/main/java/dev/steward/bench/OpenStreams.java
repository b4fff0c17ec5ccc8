// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Asker;
import dev.steward.bench.model.Door;
import dev.steward.bench.model.Heard;
import dev.steward.bench.model.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Many streams that are open at once, each on a connection of its own.
final class OpenStreams {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(1);

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Heard> ended = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final CountDownLatch begun;

  /// Opens them one shortly after the other.
  OpenStreams(Door door, Question question, int count) throws InterruptedException {
    begun = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().start(() -> hear(door, question)));
      Program.pause(BETWEEN);
    }
  }

  private void hear(Door door, Question question) {
    boolean counted = false;
    try (Asker asker = door.open(question)) {
      asker.send();
      String head = asker.head();
      begun.countDown();
      counted = true;
      ended.add(asker.rest(head));
    } catch (IOException e) {
      failures.add(String.valueOf(e.getMessage()));
    } finally {
      if (!counted) {
        begun.countDown();
      }
    }
  }

  /// Waits until each has the head of its answer, or will never have it.
  void awaitBegun() throws IOException, InterruptedException {
    if (!begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException(begun.getCount() + " streams did not begin within " + LIMIT);
    }
  }

  /// Waits until all have ended, and gives those that ended in order of HTTP.
  List<Heard> awaitEnded() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
        throw new IOException("a stream did not end within " + LIMIT);
      }
    }
    return List.copyOf(ended);
  }

  /// Those that broke off.
  List<String> failures() {
    return List.copyOf(failures);
  }
}
