// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes of requests that receivers may hold at once.
public final class MemoryBudget {
  private final long bytesMax;
  private final AtomicLong held = new AtomicLong();

  public MemoryBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Takes a share until it is closed.
  ///
  /// @throws ApiException SLOW_DOWN when there is not enough left
  public Share take(long bytes) {
    if (held.addAndGet(bytes) > bytesMax) {
      held.addAndGet(-bytes);
      throw new ApiException(
          ErrorCode.SLOW_DOWN,
          "More telemetry is being received at once than otlp.memory allows: send it again later.");
    }
    return () -> held.addAndGet(-bytes);
  }

  /// What was taken; closing gives it back.
  @FunctionalInterface
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }
}
