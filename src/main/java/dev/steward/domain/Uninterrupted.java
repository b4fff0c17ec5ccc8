// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

/// A stretch of work of the current thread that an interrupt does not cut short. An interrupt that
/// comes while it waits is kept until the stretch is closed, so that what follows a wait (closing a
/// file, say) is not cut short either; then the thread is interrupted again.
public final class Uninterrupted implements AutoCloseable {
  private boolean interrupted;

  /// Something that waits, and can be begun again after an interrupt.
  @FunctionalInterface
  public interface Wait {
    void await() throws InterruptedException;
  }

  /// Something that waits for a time, and can be begun again after an interrupt.
  @FunctionalInterface
  public interface Look {
    /// @return whether it came within the time
    boolean await() throws InterruptedException;
  }

  /// Waits to the end, beginning again after every interrupt.
  public void await(Wait wait) {
    until(() -> {
      wait.await();
      return true;
    });
  }

  /// Waits for its time, beginning again after every interrupt.
  ///
  /// @return whether it came within the time
  public boolean until(Look look) {
    while (true) {
      try {
        return look.await();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
  }

  /// Waits for the end of a thread, which must have been told to end.
  public void join(Thread thread) {
    await(thread::join);
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
