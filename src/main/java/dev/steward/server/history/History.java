// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.history;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Uninterrupted;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.MetricQueries;
import dev.steward.trace.SpanStore;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.load.DeadLetters;
import dev.steward.trace.load.Loader;
import dev.steward.trace.tail.MergedTraces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The past of the server. It attaches by itself; until then questions about it are answered with
/// STARTING.
public final class History implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(History.class.getName());
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  private final MergedTraces merged;
  private final Opening opening;
  private final Consumer<String> fatal;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile HistoryStatus status = new HistoryStatus.Opening();
  private final CountDownLatch attached = new CountDownLatch(1);
  private volatile @Nullable Opened opened;

  /// @param fatal told when the past cannot be opened and trying again would not help
  @SuppressWarnings("ThreadPriorityCheck") // accepting must not wait for a core that the store has
  public History(MergedTraces merged, Opening opening, Consumer<String> fatal) {
    this.merged = merged;
    this.opening = opening;
    this.fatal = fatal;
    // The store's native threads take the priority of the thread that opens it.
    this.thread =
        Thread.ofPlatform()
            .name("history")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .unstarted(this::run);
  }

  /// Opens the span store, attaches it and starts the loader.
  @FunctionalInterface
  public interface Opening {
    Opened open();
  }

  /// Writes a consistent copy of the span store into an empty folder, and gives the journal
  /// position that the copy has reached.
  @FunctionalInterface
  public interface Backup {
    JournalPosition to(Path folder);
  }

  /// The parts of the past, all running.
  public record Opened(
      SpanStore store, MetricQueries metrics, Loader loader, Upkeep upkeep, Backup backup) {
    void close() {
      upkeep.close();
      loader.close();
      store.close();
    }
  }

  public void start() {
    thread.start();
  }

  /// Waits until the past is attached.
  ///
  /// @return false when the time was over first
  public boolean awaitAttached(Duration time) throws InterruptedException {
    return attached.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  public HistoryStatus status() {
    return status;
  }

  /// Tail and past as one.
  ///
  /// @throws ApiException STARTING while the past is not attached: a list without it would look
  ///   complete and not be
  public TraceQueries traces() {
    opened();
    return merged;
  }

  /// @throws ApiException STARTING while the past is not attached
  public MetricQueries metrics() {
    return opened().metrics();
  }

  /// @throws ApiException STARTING while the past is not attached
  public DeadLetters deadLetters() {
    return opened().loader().deadLetters();
  }

  /// @throws ApiException STARTING while the past is not attached
  public Backup backup() {
    return opened().backup();
  }

  /// @throws ApiException STARTING while the past is not attached, STORAGE_FAILED with the reason
  ///   when it cannot be
  public void require() {
    opened();
  }

  private Opened opened() {
    Opened parts = opened;
    if (parts != null) {
      return parts;
    }
    throw switch (status) {
      case HistoryStatus.Opening _, HistoryStatus.Attached _ ->
          new ApiException(ErrorCode.STARTING, "History is being opened; ask again in a second.");
      case HistoryStatus.Waiting waiting ->
          new ApiException(
              ErrorCode.STORAGE_FAILED, "History cannot be opened: " + waiting.reason());
      case HistoryStatus.Failed failed ->
          new ApiException(
              ErrorCode.STORAGE_FAILED, "History cannot be opened: " + failed.reason());
    };
  }

  private void run() {
    try {
      while (opened == null && !tried()) {
        if (closed.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether there is nothing more to try.
  private boolean tried() {
    try {
      opened = opening.open();
      status = new HistoryStatus.Attached();
      attached.countDown();
      return true;
    } catch (ApiException e) {
      String reason = String.valueOf(e.getMessage());
      if (e.code().retryable()) {
        return waiting(reason);
      }
      LOG.log(System.Logger.Level.ERROR, "history cannot be opened: " + reason);
      return failed(reason);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "history cannot be opened", e);
      return failed(String.valueOf(e.getMessage()));
    }
  }

  /// Told once for each reason, not at every try.
  private boolean waiting(String reason) {
    HistoryStatus next = new HistoryStatus.Waiting(reason);
    if (!next.equals(status)) {
      LOG.log(
          System.Logger.Level.ERROR,
          "history cannot be opened and is tried again every " + AGAIN_AFTER + ": " + reason);
    }
    status = next;
    return false;
  }

  private boolean failed(String reason) {
    status = new HistoryStatus.Failed(reason);
    fatal.accept("history cannot be opened: " + reason);
    return true;
  }

  @Override
  public void close() {
    closed.countDown();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
      Opened parts = opened;
      if (parts != null) {
        parts.close();
      }
    }
  }
}
