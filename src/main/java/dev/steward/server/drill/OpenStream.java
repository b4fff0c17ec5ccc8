// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/// One stream of a drill, read to its end by a thread of its own.
final class OpenStream {
  private final Wire wire;
  private final DrillClient client;
  private final CountDownLatch begun;
  private final Thread thread;
  private volatile String fault = "";
  private volatile String rest = "";
  private volatile long endedNanos;

  /// @param begun counted down when its beginning is there, or when it failed
  OpenStream(Wire wire, DrillClient client, CountDownLatch begun) {
    this.wire = wire;
    this.client = client;
    this.begun = begun;
    this.thread = Thread.ofVirtual().name("drill-stream").start(this::read);
  }

  private void read() {
    boolean counted = false;
    try {
      HttpResponse<InputStream> response = client.open(wire);
      try (InputStream in = response.body()) {
        byte[] expected = wire.begin();
        byte[] first = in.readNBytes(expected.length);
        if (response.statusCode() != 200 || !Arrays.equals(first, expected)) {
          fault = "answered " + response.statusCode() + " and not the provider's stream";
          return;
        }
        begun.countDown();
        counted = true;
        byte[] bytes = in.readAllBytes();
        endedNanos = System.nanoTime();
        rest = new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      fault = "broke off without its dialect's error (" + e.getMessage() + ")";
    } catch (InterruptedException _) {
      fault = "was interrupted";
      Thread.currentThread().interrupt();
    } finally {
      if (!counted) {
        begun.countDown();
      }
    }
  }

  /// What went wrong before the kill, "" for nothing.
  String fault() {
    return fault;
  }

  /// Waits for its end.
  ///
  /// @return why it did not end as it must, "" when it did
  String end(String kill, long deadlineNanos) throws InterruptedException {
    long millis = Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
    thread.join(millis);
    if (thread.isAlive()) {
      thread.interrupt();
      return wire + ": was not cut";
    }
    if (!fault.isEmpty()) {
      return wire + ": " + fault;
    }
    return rest.contains(wire.errorMark()) && rest.contains(kill)
        ? ""
        : wire + ": ended without its dialect's error";
  }

  /// When its last byte was read.
  long endedNanos() {
    return endedNanos;
  }
}
