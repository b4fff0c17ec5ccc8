// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Sends span requests to one address: at a fixed rate, or as fast as they are answered.
final class Sender implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI address;
  private final String contentType;
  private final Latencies latencies = new Latencies();
  private final Latencies lateness = new Latencies();
  private final AtomicLong refused = new AtomicLong();

  Sender(URI address, String contentType) {
    this.address = address;
    this.contentType = contentType;
  }

  Latencies latencies() {
    return latencies;
  }

  /// How late requests were sent: the part of a latency that is this client's own.
  Latencies lateness() {
    return lateness;
  }

  /// Requests answered with anything but success, or not at all.
  long refused() {
    return refused.get();
  }

  /// Open loop: request after request at its time, whether or not the ones before are answered; a
  /// request's latency counts from that time. Gives the seconds until the last answer.
  double atRate(double requestsPerSecond, Duration time, Supplier<byte[]> bodies)
      throws InterruptedException {
    long total = Math.round(requestsPerSecond * time.toMillis() / 1_000);
    CountDownLatch answered = new CountDownLatch((int) total);
    long start = System.nanoTime();
    for (long i = 0; i < total; i++) {
      long due = start + (long) (i * 1e9 / requestsPerSecond);
      byte[] body = bodies.get();
      long early = due - System.nanoTime();
      if (early > 0) {
        TimeUnit.NANOSECONDS.sleep(early);
      }
      Thread.ofVirtual()
          .start(() -> {
            lateness.add(System.nanoTime() - due);
            if (send(body)) {
              latencies.add(System.nanoTime() - due);
            }
            answered.countDown();
          });
    }
    answered.await();
    return (System.nanoTime() - start) / 1e9;
  }

  /// Sends and waits for the answer; one that is not a success is told as an error.
  void sendNow(byte[] body) throws IOException {
    if (!send(body)) {
      throw new IOException("a request was not acknowledged");
    }
  }

  /// Sends as soon as one of the permits is free, and returns without waiting for the answer.
  void sendBehind(byte[] body, Semaphore underWay) throws InterruptedException {
    underWay.acquire();
    Thread.ofVirtual()
        .start(() -> {
          long sent = System.nanoTime();
          if (send(body)) {
            latencies.add(System.nanoTime() - sent);
          }
          underWay.release();
        });
  }

  /// Closed loop: each of some clients sends its next request when the one before is answered.
  /// Gives the seconds it took.
  double saturate(int clients, Duration time, Supplier<byte[]> bodies) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                while (System.nanoTime() < end) {
                  byte[] body = bodies.get();
                  long sent = System.nanoTime();
                  if (send(body)) {
                    latencies.add(System.nanoTime() - sent);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /// Some clients send, each a request a while after the answer to the one before, until they get
  /// no answer at all, which is the end of the server; every acknowledged request is told.
  List<Thread> untilItDies(
      int clients,
      Duration pause,
      Supplier<SpanSource.Request> requests,
      Consumer<SpanSource.Request> acknowledged) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                Answer answer;
                do {
                  SpanSource.Request request = requests.get();
                  answer = answer(request.body());
                  if (answer == Answer.ACKNOWLEDGED) {
                    acknowledged.accept(request);
                  }
                  LockSupport.parkNanos(pause.toNanos());
                } while (answer != Answer.NONE);
              }));
    }
    return threads;
  }

  private enum Answer {
    ACKNOWLEDGED,
    REFUSED,
    NONE
  }

  private boolean send(byte[] body) {
    boolean acknowledged = answer(body) == Answer.ACKNOWLEDGED;
    if (!acknowledged) {
      refused.incrementAndGet();
    }
    return acknowledged;
  }

  private Answer answer(byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / 100 == 2 ? Answer.ACKNOWLEDGED : Answer.REFUSED;
    } catch (IOException e) {
      return Answer.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.NONE;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
