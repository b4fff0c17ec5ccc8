// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import dev.steward.gateway.framing.Framing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Cuts the bytes of a stream into its parts, however they come.
public abstract sealed class Splitter permits SseSplitter, FrameSplitter, ElementSplitter {
  /// No provider sends a larger part.
  static final int PART_BYTES_MAX = 24 << 20;

  private byte[] held = new byte[0];

  /// For a body without framing each element of its array is a part.
  public static Splitter of(Framing framing) {
    return switch (framing) {
      case SSE -> new SseSplitter();
      case EVENT_STREAM -> new FrameSplitter();
      case WHOLE -> new ElementSplitter();
    };
  }

  /// The parts that are whole by now.
  ///
  /// @throws UnreadableException when a part has no end
  public final List<Part> take(byte[] more) {
    byte[] bytes = held.length == 0 ? more : joined(held, more);
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int end = end(bytes, from); end > from; end = end(bytes, from)) {
      parts.add(part(Arrays.copyOfRange(bytes, from, end)));
      from = end;
    }
    held = from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
    if (held.length > PART_BYTES_MAX) {
      throw new UnreadableException("it sent a part of more than " + PART_BYTES_MAX + " bytes");
    }
    return parts;
  }

  /// What has no end of its own, when no more comes.
  public final Optional<Part> rest() {
    byte[] bytes = held;
    held = new byte[0];
    return bytes.length == 0 ? Optional.empty() : Optional.of(part(bytes));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /// Where the part that begins there ends; there again when that is not known yet.
  abstract int end(byte[] bytes, int from);

  abstract Part part(byte[] raw);
}
