// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One accepted request as it lies in the journal.
///
/// @param signal what kind of request
/// @param spans how many spans it holds, 0 for logs and metrics
/// @param received when it was accepted
/// @param sender the agent key it came with, as `agent@environment@version` facts
/// @param payload the request as OTLP protobuf, uncompressed; spans that were refused are not in it
public record JournalRecord(
    Signal signal, int spans, Instant received, Sender sender, byte[] payload) {
  private static final int FORM = 1;

  /// Form, signal, count and time of receipt.
  private static final int FIXED_BYTES =
      2 * Byte.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

  /// Which collector request the payload is.
  public enum Signal {
    TRACES(0),
    LOGS(1),
    METRICS(2);

    private final int code;

    Signal(int code) {
      this.code = code;
    }

    private static Signal of(int code) {
      for (Signal signal : values()) {
        if (signal.code == code) {
          return signal;
        }
      }
      throw new IllegalArgumentException("not a journal record: signal " + code);
    }
  }

  public JournalRecord {
    if (spans < 0 || (signal != Signal.TRACES && spans > 0)) {
      throw new IllegalArgumentException(spans + " spans in a record of " + signal);
    }
  }

  /// The same request with another count and payload: a part of it.
  public JournalRecord part(int partSpans, byte[] partPayload) {
    return new JournalRecord(signal, partSpans, received, sender, partPayload);
  }

  /// The stored form, which `of` reads.
  public byte[] bytes() {
    byte[][] texts = {
      utf8(sender.agent()),
      utf8(sender.environment()),
      utf8(sender.version()),
      utf8(sender.run()),
      utf8(sender.workflow()),
      utf8(sender.task())
    };
    int length = FIXED_BYTES + payload.length;
    for (byte[] text : texts) {
      length += Integer.BYTES + (text == null ? 0 : text.length);
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put((byte) FORM).put((byte) signal.code).putInt(spans);
    out.putLong(received.getEpochSecond()).putInt(received.getNano());
    for (byte[] text : texts) {
      if (text == null) {
        out.putInt(-1);
      } else {
        out.putInt(text.length).put(text);
      }
    }
    return out.put(payload).array();
  }

  /// Reads the stored form.
  ///
  /// @throws IllegalArgumentException when the bytes are not one
  public static JournalRecord of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int form = Byte.toUnsignedInt(in.get());
      if (form != FORM) {
        throw new IllegalArgumentException("not a journal record: form " + form);
      }
      Signal kind = Signal.of(Byte.toUnsignedInt(in.get()));
      int spans = in.getInt();
      Instant received = Instant.ofEpochSecond(in.getLong(), in.getInt());
      Sender sender = new Sender(read(in), read(in), read(in), read(in), read(in), read(in));
      byte[] payload = Arrays.copyOfRange(bytes, in.position(), bytes.length);
      return new JournalRecord(kind, spans, received, sender, payload);
    } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not a journal record: " + e.getMessage(), e);
    }
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String read(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    if (length > in.remaining()) {
      throw new IllegalArgumentException(
          "not a journal record: a text of " + length + " bytes in " + in.remaining());
    }
    String text =
        new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }
}
