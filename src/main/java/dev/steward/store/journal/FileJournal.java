// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Uninterrupted;
import dev.steward.store.file.Disk;
import dev.steward.store.file.FolderLock;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// The journal on segment files: one writer thread, one sync for all that wait.
public final class FileJournal implements Journal {
  private final JournalConfig config;
  private final FolderLock lock;
  private final Segments segments;
  private final ArrayBlockingQueue<Pending> queue;
  private final JournalWriter writer;
  private final Thread thread;
  private volatile boolean closed;

  private FileJournal(
      Path folder, JournalConfig config, FolderLock lock, Disk disk, RandomGenerator salts)
      throws IOException {
    this.config = config;
    this.lock = lock;
    this.segments = new Segments(config.keptSegments());
    this.queue = new ArrayBlockingQueue<>(config.queueMax());
    this.writer = new JournalWriter(folder, config, disk, salts, segments, queue);
    JournalFolder.read(folder, segments);
    writer.begin();
    this.thread = Thread.ofPlatform().name("journal-writer").daemon().start(writer);
  }

  /// Opens the journal in a folder, creating it, and cuts a torn tail.
  ///
  /// @throws ApiException CONFLICT when another server has it open, STORAGE_FAILED when the folder
  ///   cannot be used
  public static FileJournal open(Path folder, JournalConfig config) {
    return open(folder, config, Disk.REAL, new SecureRandom());
  }

  static FileJournal open(Path folder, JournalConfig config, Disk disk, RandomGenerator salts) {
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        return new FileJournal(folder, config, lock, disk, salts);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the journal folder " + folder + " cannot be used: " + e + "; check its rights and room",
          e);
    }
  }

  @Override
  public JournalPosition append(JournalRecord record) {
    byte[] body = record.bytes();
    if (body.length > config.recordBytesMax()) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "a record of %d bytes is over the journal's limit of %d: send smaller requests"
              .formatted(body.length, config.recordBytesMax()));
    }
    if (segments.backlogBytes() + body.length > config.backlogBytesMax()) {
      throw new ApiException(
          ErrorCode.JOURNAL_FULL,
          "%d bytes wait to be loaded, the limit is %d: send again later"
              .formatted(segments.backlogBytes(), config.backlogBytesMax()));
    }
    Pending pending = new Pending(body, record.spans());
    enqueue(pending);
    return pending.await(config.waitMax());
  }

  private void enqueue(Pending pending) {
    if (closed) {
      throw new ApiException(ErrorCode.STORAGE_FAILED, "the server is stopping: send again later");
    }
    try {
      if (!queue.offer(pending, config.waitMax().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new ApiException(
            ErrorCode.STORAGE_FAILED,
            "the journal took nothing for " + config.waitMax() + ": check the disk, send again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(
          ErrorCode.STORAGE_FAILED, "interrupted before the record was written", e);
    }
    if (writer.ended()) {
      writer.refuseWaiting();
    }
  }

  @Override
  public JournalPosition end() {
    return segments.lastRecord();
  }

  @Override
  public Reader reader(JournalPosition from) {
    return new JournalReader(segments, from);
  }

  @Override
  public void loaded(JournalPosition upTo) {
    segments.loaded(upTo);
  }

  @Override
  public long backlogBytes() {
    return segments.backlogBytes();
  }

  @Override
  public Hold hold() {
    segments.hold(1);
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        segments.hold(-1);
      }
    };
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.await(this::endWriter);
      lock.close();
    } catch (IOException e) {
      throw new ApiException(ErrorCode.STORAGE_FAILED, "the journal's lock cannot be closed", e);
    }
  }

  private void endWriter() throws InterruptedException {
    if (thread.isAlive()) {
      queue.put(Pending.END);
      thread.join();
    }
  }
}
