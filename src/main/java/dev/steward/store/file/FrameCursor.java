// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Walks the frames of one segment file, stepping over what is damaged.
public final class FrameCursor implements Closeable {
  private final SegmentWindow window;
  private final long salt;
  private final byte[] headBytes = new byte[FrameHead.BYTES];
  private long offset;

  public FrameCursor(Path file, long salt, long offset) throws IOException {
    this.window = new SegmentWindow(file);
    this.salt = salt;
    this.offset = offset;
  }

  /// What the next step came upon.
  public sealed interface Step {
    /// A sound record.
    record Frame(byte[] body, long spans, long end) implements Step {}

    /// Bytes that are no sound record, up to a sound one.
    ///
    /// @param spans accepted before that sound one
    record Hole(long start, long spans, long end) implements Step {}

    /// Nothing sound from here to the limit.
    record Rest(long start, long end) implements Step {}
  }

  /// Steps over the next frame or hole below the limit; call it only while the limit is not
  /// reached. Bytes below a limit never change.
  public Step next(long limit) throws IOException {
    long start = offset;
    long there = window.within(limit);
    Step.Frame frame = frameAt(start, there);
    if (frame != null) {
      offset = frame.end();
      return frame;
    }
    for (long at = window.find(FrameHead.marker(salt), start + 1, there);
        at >= 0;
        at = window.find(FrameHead.marker(salt), at + 1, there)) {
      FrameHead head = headAt(at, there);
      if (head != null && frameAt(at, there) != null) {
        offset = at;
        return new Step.Hole(start, head.spans() - head.count(), at);
      }
    }
    offset = limit;
    return new Step.Rest(start, limit);
  }

  /// What lies between two offsets, cut to a length.
  public byte[] bytes(long start, long end, int lengthMax) throws IOException {
    long there = window.within(end);
    byte[] bytes = new byte[Math.clamp(there - start, 0, lengthMax)];
    window.read(start, bytes, there);
    return bytes;
  }

  private Step.@Nullable Frame frameAt(long at, long limit) throws IOException {
    FrameHead head = headAt(at, limit);
    if (head == null) {
      return null;
    }
    byte[] body = new byte[head.length()];
    long end = at + FrameHead.BYTES + head.length();
    window.read(at + FrameHead.BYTES, body, limit);
    return FrameHead.bodySum(body) == head.bodySum()
        ? new Step.Frame(body, head.spans(), end)
        : null;
  }

  private @Nullable FrameHead headAt(long at, long limit) throws IOException {
    if (limit - at < FrameHead.BYTES) {
      return null;
    }
    window.read(at, headBytes, limit);
    FrameHead head = FrameHead.of(headBytes, salt, at);
    return head != null && limit - at - FrameHead.BYTES >= head.length() ? head : null;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
