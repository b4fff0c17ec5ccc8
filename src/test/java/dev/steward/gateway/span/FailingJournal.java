// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A journal whose disk can be full.
public final class FailingJournal implements Journal {
  private final List<JournalRecord> kept = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile @Nullable ErrorCode failure;

  /// What every append fails with from now on, null for none.
  public void failWith(@Nullable ErrorCode code) {
    failure = code;
  }

  public List<JournalRecord> kept() {
    return kept;
  }

  public int refused() {
    return refused.get();
  }

  @Override
  public JournalPosition append(JournalRecord record) {
    ErrorCode code = failure;
    if (code == ErrorCode.TOO_LARGE && record.payload().length < 2_000) {
      code = null;
    }
    if (code != null) {
      refused.incrementAndGet();
      throw new ApiException(code, "no room on the disk");
    }
    kept.add(record);
    return end();
  }

  @Override
  public JournalPosition end() {
    long spans = kept.stream().mapToLong(JournalRecord::spans).sum();
    return new JournalPosition(0, kept.size(), spans);
  }

  @Override
  public Reader reader(JournalPosition from) {
    throw new UnsupportedOperationException("nobody reads it");
  }

  @Override
  public void loaded(JournalPosition upTo) {}

  @Override
  public long backlogBytes() {
    return 0;
  }

  @Override
  public Hold hold() {
    return () -> {};
  }

  @Override
  public void close() {}
}
