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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Clients that ask one question through one door.
final class ModelLoad {
  private final Door door;
  private final Question question;
  private final Latencies latencies = new Latencies();
  private final Latencies lateness = new Latencies();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<String> firstFailure = new AtomicReference<>("");

  ModelLoad(Door door, Question question) {
    this.door = door;
    this.question = question;
  }

  Latencies latencies() {
    return latencies;
  }

  /// How late requests were sent: the part of a latency that is this client's own.
  Latencies lateness() {
    return lateness;
  }

  int failed() {
    return failed.get();
  }

  String firstFailure() {
    return firstFailure.get();
  }

  /// Closed loop: each client asks again when it has its answer. Gives the answers a second.
  double saturate(int clients, Duration time) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      threads.add(Thread.ofVirtual().start(() -> askUntil(end)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return latencies.size() / ((System.nanoTime() - start) / 1e9);
  }

  private void askUntil(long end) {
    Latencies own = new Latencies();
    while (System.nanoTime() < end) {
      try (Asker asker = door.open(question)) {
        while (System.nanoTime() < end) {
          long sent = System.nanoTime();
          Heard heard = asker.ask();
          own.add(heard.lastNanos() - sent);
        }
      } catch (IOException e) {
        fail(e);
      }
    }
    latencies.addAll(own);
  }

  /// Open loop: request after request at its time, whether or not the ones before are answered; a
  /// latency counts from that time.
  void atRate(double requestsPerSecond, Duration time) throws InterruptedException {
    int total = (int) (requestsPerSecond * time.toMillis() / 1_000);
    CountDownLatch answered = new CountDownLatch(total);
    Queue<Asker> free = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    for (int i = 0; i < total; i++) {
      long due = start + (long) (i * 1e9 / requestsPerSecond);
      long early = due - System.nanoTime();
      if (early > 0) {
        TimeUnit.NANOSECONDS.sleep(early);
      }
      Thread.ofVirtual()
          .start(() -> {
            askAt(due, free);
            answered.countDown();
          });
    }
    answered.await();
    for (Asker asker = free.poll(); asker != null; asker = free.poll()) {
      close(asker);
    }
  }

  private void askAt(long due, Queue<Asker> free) {
    Asker asker = free.poll();
    try {
      lateness.add(System.nanoTime() - due);
      asker = asker == null ? door.open(question) : asker;
      Heard heard = asker.ask();
      latencies.add(heard.lastNanos() - due);
      free.add(asker);
    } catch (IOException e) {
      fail(e);
      if (asker != null) {
        close(asker);
      }
    }
  }

  private void close(Asker asker) {
    try {
      asker.close();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    failed.incrementAndGet();
    firstFailure.compareAndSet("", String.valueOf(e.getMessage()));
  }

  /// One client asks at each door in turn, so that all meet the same moments.
  static List<ModelLoad> inTurn(List<Door> doors, Question question, int warmUp, int times)
      throws IOException {
    List<ModelLoad> loads = new ArrayList<>();
    List<Asker> askers = new ArrayList<>();
    for (Door door : doors) {
      loads.add(new ModelLoad(door, question));
      askers.add(door.open(question));
    }
    for (int i = 0; i < warmUp + times; i++) {
      for (int at = 0; at < askers.size(); at++) {
        long sent = System.nanoTime();
        Heard heard = askers.get(at).ask();
        if (i >= warmUp) {
          loads.get(at).latencies.add(heard.lastNanos() - sent);
        }
      }
    }
    for (Asker asker : askers) {
      asker.close();
    }
    return loads;
  }
}
