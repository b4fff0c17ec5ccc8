// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the entry of the activity ledger that binds a recorded call. Entries are in the order of
/// their times, so it looks from the time on when the call was taken in.
public final class CallProofs {
  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
  private static final int LOOKED_AT = 5_000;
  private static final int BATCH = 100;

  private final Ledger ledger;

  public CallProofs(Ledger ledger) {
    this.ledger = ledger;
  }

  /// The first entry that binds a call.
  ///
  /// @param digest that the call had then
  public record Bound(long entry, Digest digest) {}

  public Optional<Bound> find(String spanId, Instant received) {
    long size = ledger.size();
    long from = firstSince(received.minus(CLOCKS_APART), size);
    long end = Math.min(size, from + LOOKED_AT);
    for (long index = from; index < end; index += BATCH) {
      List<byte[]> entries = ledger.read(index, (int) Math.min(BATCH, end - index));
      for (int i = 0; i < entries.size(); i++) {
        Digest digest = digest(entries.get(i), spanId);
        if (digest != null) {
          return Optional.of(new Bound(index + i, digest));
        }
      }
    }
    return Optional.empty();
  }

  private @Nullable Digest digest(byte[] data, String spanId) {
    CallEntry entry = CallEntry.read(data).orElse(null);
    byte[] body = entry == null ? null : ledger.blob(entry.digests()).orElse(null);
    return body == null ? null : CallEntry.lines(body).get(spanId);
  }

  private long firstSince(Instant since, long size) {
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(ledger.entry(middle)).isBefore(since)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// An entry that says no time is taken for a later one, so that too much is looked at, not too
  /// little.
  private static Instant at(byte[] data) {
    try {
      return Instant.parse(CanonicalJson.read(data).path("at").asString(""));
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Instant.MAX;
    }
  }
}
