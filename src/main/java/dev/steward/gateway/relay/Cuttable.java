// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work of one call as something that others can end. Its thread is interrupted only while it
/// waits for the provider, never while it writes to the client: an interrupted write would close
/// the client's connection before the error that tells why.
public final class Cuttable {
  private static final int LOOKS_BEFORE_FORCE = 4;

  private final Thread thread;
  private final Object lock = new Object();
  private @Nullable Why why;
  private boolean waiting;
  private boolean ended;
  private int looks;
  private volatile @Nullable Runnable parting;

  public Cuttable(Thread thread) {
    this.thread = thread;
  }

  /// Why a call was ended.
  public enum Why {
    KILLED,
    STOPPING,
    CLIENT_GONE,
    UPSTREAM_IDLE
  }

  /// What waits for the provider.
  @FunctionalInterface
  public interface Waiting<T extends @Nullable Object> {
    T run() throws IOException, InterruptedException;
  }

  /// Runs what waits for the provider. An interrupt that is not from here means that the server
  /// stops: the call has ended then, and is not tried again.
  ///
  /// @throws CutException when the call was ended before or meanwhile
  public <T extends @Nullable Object> T waiting(Waiting<T> wait) throws IOException {
    begin();
    try {
      return wait.run();
    } catch (InterruptedException _) {
      throw stopped();
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw stopped();
      }
      throw e;
    } finally {
      end();
    }
  }

  private CutException stopped() {
    synchronized (lock) {
      if (why == null) {
        why = Why.STOPPING;
      }
      return new CutException(why);
    }
  }

  private void begin() {
    synchronized (lock) {
      if (why != null) {
        throw new CutException(why);
      }
      waiting = true;
    }
  }

  private void end() {
    synchronized (lock) {
      waiting = false;
      if (why != null) {
        // The interrupt has done its work; what follows writes to the client.
        Thread.interrupted();
        throw new CutException(why);
      }
    }
  }

  /// What tells the client that the call is cut and ends its answer, on any thread and before the
  /// call itself is cut; empty where only the call's own thread can.
  public Optional<Runnable> parting() {
    return Optional.ofNullable(parting);
  }

  void parting(@Nullable Runnable words) {
    parting = words;
  }

  /// Ends the call; of several reasons the first counts.
  public void cut(Why reason) {
    synchronized (lock) {
      if (why == null) {
        why = reason;
      }
      if (waiting) {
        thread.interrupt();
      }
    }
  }

  /// Called now and then while it is not done: ends it also where it hangs on a client that does
  /// not read. Before that it has time to tell the client why.
  ///
  /// @return whether its time is over
  boolean force() {
    synchronized (lock) {
      boolean over = why != null && !ended && ++looks > LOOKS_BEFORE_FORCE;
      if (over) {
        thread.interrupt();
      }
      return over;
    }
  }

  /// After this no interrupt can come any more.
  public void done() {
    synchronized (lock) {
      ended = true;
      waiting = false;
      if (why != null) {
        Thread.interrupted();
      }
    }
  }

  public @Nullable Why why() {
    synchronized (lock) {
      return why;
    }
  }
}
