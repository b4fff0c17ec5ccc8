// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.file.FrameCursor;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads synced records in order, across segments, while others are written.
final class JournalReader implements Journal.Reader {
  private static final int DAMAGED_BYTES_MAX = 1 << 20;
  private static final byte[] NOTHING = {};

  private final Segments segments;
  private JournalPosition position;
  private @Nullable Segment open;
  private @Nullable FrameCursor cursor;
  private Journal.@Nullable Entry ahead;

  JournalReader(Segments segments, JournalPosition from) {
    this.segments = segments;
    long offset = Math.max(from.offset(), SegmentHeader.BYTES);
    this.position = new JournalPosition(from.segment(), offset, from.spans());
  }

  @Override
  public Journal.Entry next() throws InterruptedException {
    while (true) {
      JournalPosition end = segments.end();
      if (ready()) {
        Journal.Entry entry = ahead;
        ahead = null;
        if (entry != null) {
          return entry;
        }
      }
      segments.awaitMove(end);
    }
  }

  @Override
  public boolean ready() {
    try {
      if (ahead == null) {
        ahead = read();
      }
      return ahead != null;
    } catch (IOException e) {
      close();
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the journal cannot be read at " + position + ": " + e.getMessage() + "; check the disk",
          e);
    }
  }

  private Journal.@Nullable Entry read() throws IOException {
    while (true) {
      Segments.Stretch current = segments.at(position.segment());
      if (current != null && position.offset() < current.end().offset()) {
        return step(current);
      }
      Segments.Stretch next = segments.after(position.segment());
      if (next == null) {
        return null;
      }
      JournalPosition from = position;
      position = next.segment().start();
      if (from.segment() + 1 < position.segment() || from.spans() != position.spans()) {
        String reason =
            "segments of the journal between " + from + " and " + position + " are gone";
        return new Journal.Entry.Damaged(
            Math.max(0, position.spans() - from.spans()), reason, NOTHING, position);
      }
    }
  }

  private Journal.Entry step(Segments.Stretch current) throws IOException {
    FrameCursor frames = cursor(current.segment());
    JournalPosition before = position;
    return switch (frames.next(current.end().offset())) {
      case FrameCursor.Step.Frame(byte[] body, long spans, long end) -> {
        position = new JournalPosition(before.segment(), end, spans);
        yield whole(body, before);
      }
      case FrameCursor.Step.Hole(long start, long spans, long end) -> {
        position = new JournalPosition(before.segment(), end, spans);
        yield damaged(frames, before, start);
      }
      case FrameCursor.Step.Rest(long start, long end) -> {
        position = current.end();
        yield damaged(frames, before, start);
      }
    };
  }

  private Journal.Entry whole(byte[] body, JournalPosition before) {
    try {
      return new Journal.Entry.Whole(JournalRecord.of(body), position);
    } catch (IllegalArgumentException e) {
      String reason = "a sound record of segment " + position.segment() + ": " + e.getMessage();
      return new Journal.Entry.Damaged(position.spans() - before.spans(), reason, body, position);
    }
  }

  private Journal.Entry damaged(FrameCursor frames, JournalPosition before, long start)
      throws IOException {
    String reason =
        "the journal is damaged from byte %d to %d of segment %d"
            .formatted(start, position.offset(), position.segment());
    byte[] left = frames.bytes(start, position.offset(), DAMAGED_BYTES_MAX);
    return new Journal.Entry.Damaged(
        Math.max(0, position.spans() - before.spans()), reason, left, position);
  }

  private FrameCursor cursor(Segment segment) throws IOException {
    FrameCursor current = cursor;
    if (current != null && segment.equals(open)) {
      return current;
    }
    close();
    current = new FrameCursor(segment.file(), segment.header().salt(), position.offset());
    cursor = current;
    open = segment;
    return current;
  }

  @Override
  public void close() {
    try {
      if (cursor != null) {
        cursor.close();
      }
    } catch (IOException e) {
      throw new ApiException(ErrorCode.STORAGE_FAILED, "a journal file cannot be closed", e);
    } finally {
      cursor = null;
      open = null;
    }
  }
}
