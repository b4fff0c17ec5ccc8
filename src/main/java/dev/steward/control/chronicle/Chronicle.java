// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.chronicle;

import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// The entries of a stretch of time, without the many that only lend money or bind other logs.
public final class Chronicle {
  private static final int READ_ENTRIES = 1_000;
  private static final String TYPE = "\"type\":\"";

  private final Ledger ledger;

  public Chronicle(Ledger ledger) {
    this.ledger = ledger;
  }

  /// One entry.
  public record Line(long index, Envelope entry) {}

  /// What was found.
  ///
  /// @param lines the oldest first
  /// @param whole whether the ledger was read back to the beginning of the time
  public record Found(List<Line> lines, boolean whole) {
    public Found {
      lines = List.copyOf(lines);
    }
  }

  /// Entries with an event of one of the types.
  ///
  /// @param from the entries since then
  /// @param to the entries before
  /// @param max so many entries of the ledger are looked at, the newest first
  public Found between(Instant from, Instant to, Set<String> types, long max) {
    List<Line> lines = new ArrayList<>();
    long end = ledger.size();
    long last = Math.max(0, end - max);
    while (end > last) {
      long start = Math.max(last, end - READ_ENTRIES);
      List<byte[]> read = ledger.read(start, (int) (end - start));
      for (int i = read.size() - 1; i >= 0; i--) {
        String text = new String(read.get(i), StandardCharsets.UTF_8);
        boolean oldest = i == 0;
        if (!oldest && !tells(text, types)) {
          continue;
        }
        Envelope entry = EnvelopeCodec.read(read.get(i));
        if (entry.at().isBefore(from)) {
          return found(lines, true);
        }
        if (entry.at().isBefore(to) && tells(text, types)) {
          lines.add(new Line(start + i, entry));
        }
      }
      end = start;
    }
    return found(lines, end == 0);
  }

  private static Found found(List<Line> newestFirst, boolean whole) {
    Collections.reverse(newestFirst);
    return new Found(newestFirst, whole);
  }

  /// Entries are canonical, so a type stands nowhere else in them but as a member of an event.
  private static boolean tells(String entry, Set<String> types) {
    int at = entry.indexOf(TYPE);
    while (at >= 0) {
      int begin = at + TYPE.length();
      int end = entry.indexOf('"', begin);
      if (end > 0 && types.contains(entry.substring(begin, end))) {
        return true;
      }
      at = entry.indexOf(TYPE, begin);
    }
    return false;
  }
}
