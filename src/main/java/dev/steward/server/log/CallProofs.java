// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import dev.steward.trace.evidence.CallVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /// What a search for several calls came to.
  ///
  /// @param bound by the span's id
  /// @param left those that it did not get to
  public record Found(Map<String, Bound> bound, Set<String> left) {}

  public Optional<Bound> find(String spanId, Instant received) {
    return Optional.ofNullable(
        find(Map.of(spanId, received), Integer.MAX_VALUE).bound().get(spanId));
  }

  /// Finds entries of several calls; none is read twice.
  ///
  /// @param received when each was taken in, by the span's id
  /// @param entriesMax how many entries are read for all of them
  public Found find(Map<String, Instant> received, int entriesMax) {
    return new Search(received.keySet(), entriesMax).run(received);
  }

  /// What an entry says of a call.
  ///
  /// @param bound null where there is none
  /// @param now the digest that the call has now
  public static CallVerdict verdict(@Nullable Bound bound, Digest now) {
    if (bound == null) {
      return CallVerdict.UNBOUND;
    }
    return bound.digest().equals(now) ? CallVerdict.UNCHANGED : CallVerdict.CHANGED;
  }

  /// One search, in the order in which calls were taken in.
  private final class Search {
    private final Set<String> sought;
    private final Map<String, Bound> bound = new HashMap<>();
    private final Set<String> left = new HashSet<>();
    private final long size = ledger.size();
    private int entriesLeft;

    /// Entries from the first stretch to here were read, as far as any call may stand in them.
    private long next;

    Search(Set<String> sought, int entriesMax) {
      this.sought = sought;
      this.entriesLeft = entriesMax;
    }

    Found run(Map<String, Instant> received) {
      List<Map.Entry<String, Instant>> inOrder = new ArrayList<>(received.entrySet());
      inOrder.sort(Map.Entry.comparingByValue());
      for (Map.Entry<String, Instant> call : inOrder) {
        if (!bound.containsKey(call.getKey())) {
          look(call.getKey(), firstSince(call.getValue().minus(CLOCKS_APART), size));
        }
      }
      return new Found(Map.copyOf(bound), Set.copyOf(left));
    }

    private void look(String spanId, long from) {
      long end = Math.min(size, from + LOOKED_AT);
      next = Math.max(next, from);
      while (next < end && !bound.containsKey(spanId)) {
        if (entriesLeft == 0) {
          left.add(spanId);
          return;
        }
        read((int) Math.min(Math.min(BATCH, entriesLeft), end - next));
      }
    }

    private void read(int count) {
      List<byte[]> entries = ledger.read(next, count);
      for (int i = 0; i < entries.size(); i++) {
        long index = next + i;
        lines(entries.get(i))
            .forEach((spanId, digest) -> {
              if (sought.contains(spanId)) {
                bound.putIfAbsent(spanId, new Bound(index, digest));
              }
            });
      }
      next += count;
      entriesLeft -= count;
    }
  }

  private Map<String, Digest> lines(byte[] data) {
    CallEntry entry = CallEntry.read(data).orElse(null);
    byte[] body = entry == null ? null : ledger.blob(entry.digests()).orElse(null);
    return body == null ? Map.of() : CallEntry.lines(body);
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
