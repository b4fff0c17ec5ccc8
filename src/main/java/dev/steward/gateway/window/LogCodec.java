// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.window;

import dev.steward.control.budget.WindowKey;
import dev.steward.control.live.BudgetUse.Point;
import dev.steward.gateway.window.Actual.Charge;
import dev.steward.gateway.window.Actual.Knowledge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries of the budget log as bytes. Amounts are written as decimal text, so that they are exact.
public final class LogCodec {
  private static final int STARTED = 1;
  private static final int SETTLED = 2;
  private static final int RELEASED = 3;
  private static final int TOTAL = 4;

  private LogCodec() {}

  public static byte[] write(LogEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      switch (entry) {
        case LogEntry.Started started -> write(started, out);
        case LogEntry.Settled settled -> write(settled, out);
        case LogEntry.Released(long call) -> {
          out.writeByte(RELEASED);
          out.writeLong(call);
        }
        case LogEntry.Total total -> write(total, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /// @throws IllegalArgumentException when it is no entry that this program understands
  public static LogEntry read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int form = in.readByte();
      return switch (form) {
        case STARTED -> started(in);
        case SETTLED -> settled(in);
        case RELEASED -> new LogEntry.Released(in.readLong());
        case TOTAL -> total(in);
        default -> throw new IllegalArgumentException("no entry of form " + form);
      };
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not an entry of the budget log: " + e.getMessage(), e);
    }
  }

  private static void write(LogEntry.Started started, DataOutputStream out) throws IOException {
    out.writeByte(STARTED);
    out.writeLong(started.call());
    write(started.at(), out);
    out.writeInt(started.parts().size());
    for (LogEntry.Reserved part : started.parts()) {
      write(part.key(), out);
      write(part.amount(), out);
    }
  }

  private static LogEntry started(DataInputStream in) throws IOException {
    long call = in.readLong();
    Instant at = instant(in);
    int count = in.readInt();
    List<LogEntry.Reserved> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new LogEntry.Reserved(key(in), amount(in)));
    }
    return new LogEntry.Started(call, at, parts);
  }

  private static void write(LogEntry.Settled settled, DataOutputStream out) throws IOException {
    out.writeByte(SETTLED);
    out.writeLong(settled.call());
    write(settled.at(), out);
    out.writeInt(settled.charges().size());
    for (Charge charge : settled.charges()) {
      write(charge.amount(), out);
      out.writeByte(code(charge.knowledge()));
    }
  }

  private static LogEntry settled(DataInputStream in) throws IOException {
    long call = in.readLong();
    Instant at = instant(in);
    int count = in.readInt();
    List<Charge> charges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      charges.add(new Charge(amount(in), knowledge(in.readByte())));
    }
    return new LogEntry.Settled(call, at, charges);
  }

  private static int code(Knowledge knowledge) {
    return switch (knowledge) {
      case KNOWN -> 0;
      case ESTIMATED -> 1;
      case UNKNOWN -> 2;
    };
  }

  private static Knowledge knowledge(int code) {
    return switch (code) {
      case 0 -> Knowledge.KNOWN;
      case 1 -> Knowledge.ESTIMATED;
      case 2 -> Knowledge.UNKNOWN;
      default -> throw new IllegalArgumentException("no knowledge of code " + code);
    };
  }

  private static void write(LogEntry.Total total, DataOutputStream out) throws IOException {
    out.writeByte(TOTAL);
    write(total.key(), out);
    write(total.since(), out);
    Instant ends = total.ends();
    out.writeBoolean(ends != null);
    if (ends != null) {
      write(ends, out);
    }
    write(total.used(), out);
    write(total.unknown(), out);
    out.writeLong(total.unknownCalls());
    out.writeLong(total.calls());
    out.writeLong(total.refused());
    write(total.active(), out);
    write(total.warned(), out);
    write(total.stopped(), out);
    out.writeInt(total.points().size());
    for (Point point : total.points()) {
      write(point.at(), out);
      write(point.used(), out);
    }
  }

  private static LogEntry total(DataInputStream in) throws IOException {
    WindowKey key = key(in);
    Instant since = instant(in);
    Instant ends = in.readBoolean() ? instant(in) : null;
    BigDecimal used = amount(in);
    BigDecimal unknown = amount(in);
    long unknownCalls = in.readLong();
    long calls = in.readLong();
    long refused = in.readLong();
    Instant active = instant(in);
    Counter.Notice warned = notice(in);
    Counter.Notice stopped = notice(in);
    int count = in.readInt();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(new Point(instant(in), amount(in)));
    }
    return new LogEntry.Total(
        key,
        since,
        ends,
        used,
        unknown,
        unknownCalls,
        calls,
        refused,
        active,
        warned,
        stopped,
        points);
  }

  private static void write(Counter.@Nullable Notice notice, DataOutputStream out)
      throws IOException {
    out.writeBoolean(notice != null);
    if (notice != null) {
      write(notice.at(), out);
      write(notice.limit(), out);
    }
  }

  private static Counter.@Nullable Notice notice(DataInputStream in) throws IOException {
    return in.readBoolean() ? new Counter.Notice(instant(in), amount(in)) : null;
  }

  private static void write(WindowKey key, DataOutputStream out) throws IOException {
    out.writeUTF(key.budget());
    out.writeUTF(key.unit());
    out.writeUTF(key.period());
  }

  private static WindowKey key(DataInputStream in) throws IOException {
    return new WindowKey(in.readUTF(), in.readUTF(), in.readUTF());
  }

  private static void write(Instant at, DataOutputStream out) throws IOException {
    out.writeLong(at.getEpochSecond());
    out.writeInt(at.getNano());
  }

  private static Instant instant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static void write(BigDecimal amount, DataOutputStream out) throws IOException {
    out.writeUTF(amount.toString());
  }

  private static BigDecimal amount(DataInputStream in) throws IOException {
    return new BigDecimal(in.readUTF());
  }
}
