// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
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
  private static final int HEAD_BYTES = 32;

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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 4 * HEAD_BYTES);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeByte(signal.code);
      out.writeInt(spans);
      out.writeLong(received.getEpochSecond());
      out.writeInt(received.getNano());
      write(out, sender.agent());
      write(out, sender.environment());
      write(out, sender.version());
      write(out, sender.run());
      write(out, sender.workflow());
      write(out, sender.task());
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /// Reads the stored form.
  ///
  /// @throws IllegalArgumentException when the bytes are not one
  public static JournalRecord of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int form = in.readUnsignedByte();
      if (form != FORM) {
        throw new IllegalArgumentException("not a journal record: form " + form);
      }
      Signal kind = Signal.of(in.readUnsignedByte());
      int spans = in.readInt();
      Instant received = Instant.ofEpochSecond(in.readLong(), in.readInt());
      Sender sender = new Sender(read(in), read(in), read(in), read(in), read(in), read(in));
      return new JournalRecord(kind, spans, received, sender, in.readAllBytes());
    } catch (IOException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not a journal record: " + e.getMessage(), e);
    }
  }

  private static void write(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static @Nullable String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    if (length > in.available()) {
      throw new IOException("a text of " + length + " bytes in " + in.available());
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
