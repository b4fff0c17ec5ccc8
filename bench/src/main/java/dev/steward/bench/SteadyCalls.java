// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Asker;
import dev.steward.bench.model.Door;
import dev.steward.bench.model.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that go on asking one question, each with a pause behind every answer, and note when
/// they asked and what status they were given.
final class SteadyCalls implements AutoCloseable {
  private final Door door;
  private final Question question;
  private final Duration pause;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger broken = new AtomicInteger();
  private volatile boolean over;

  /// One call.
  record Call(long sentNanos, int status) {}

  private SteadyCalls(Door door, Question question, Duration pause) {
    this.door = door;
    this.question = question;
    this.pause = pause;
  }

  static SteadyCalls start(Door door, Question question, int clients, Duration pause) {
    SteadyCalls calls = new SteadyCalls(door, question, pause);
    for (int i = 0; i < clients; i++) {
      calls.clients.add(Thread.ofVirtual().start(calls::go));
    }
    return calls;
  }

  /// Those that were answered since this was asked last.
  List<Call> taken() {
    List<Call> taken = new ArrayList<>();
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      taken.add(call);
    }
    return taken;
  }

  /// Connections that were lost.
  int broken() {
    return broken.get();
  }

  private void go() {
    while (!over) {
      try (Asker asker = door.open(question)) {
        while (!over) {
          long sent = System.nanoTime();
          calls.add(new Call(sent, asker.hear().status()));
          Program.pause(pause);
        }
      } catch (IOException e) {
        broken.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      for (Thread client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
