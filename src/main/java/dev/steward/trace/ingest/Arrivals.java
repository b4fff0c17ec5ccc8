// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import dev.steward.domain.LastUsed;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has arrived since the server started: how much in each of the last minutes, and from whom.
public final class Arrivals {
  /// Minutes that are kept.
  public static final int MINUTES = 60;

  /// Senders that are kept; beyond it those go that were not heard of for longest.
  private static final int SENDERS_MAX = 500;

  private final Instant since;
  private final long[] minutes = new long[MINUTES];
  private final long[] spans = new long[MINUTES];
  private final Map<Who, Seen> senders = new LastUsed<>(SENDERS_MAX);

  Arrivals(Instant since) {
    this.since = since;
  }

  private record Who(@Nullable String agent, @Nullable String environment) {}

  private record Seen(Instant last, long requests, long spans) {}

  /// Everything at one moment.
  ///
  /// @param since when counting began
  /// @param minutes the last ones, the oldest first, the last not over yet
  /// @param senders the one heard of last first
  public record Report(Instant since, List<Minute> minutes, List<Heard> senders) {}

  /// The spans accepted in one minute.
  public record Minute(Instant at, long spans) {}

  /// A sender.
  ///
  /// @param agent that its key proves, null for all who sent without a key
  public record Heard(
      @Nullable String agent,
      @Nullable String environment,
      Instant lastSeen,
      long requests,
      long spans) {}

  synchronized void add(JournalRecord record, Instant now) {
    long minute = minute(now);
    int at = (int) Math.floorMod(minute, (long) MINUTES);
    if (minutes[at] != minute) {
      minutes[at] = minute;
      spans[at] = 0;
    }
    spans[at] += record.spans();
    Sender sender = record.sender();
    senders.merge(
        new Who(sender.agent(), sender.environment()),
        new Seen(now, 1, record.spans()),
        (one, other) ->
            new Seen(other.last, one.requests + other.requests, one.spans + other.spans));
  }

  synchronized Report report(Instant now) {
    long last = minute(now);
    long first = Math.max(last - MINUTES + 1, minute(since));
    List<Minute> counted = new ArrayList<>();
    for (long minute = first; minute <= last; minute++) {
      int at = (int) Math.floorMod(minute, (long) MINUTES);
      Instant start = Instant.EPOCH.plus(Duration.ofMinutes(minute));
      counted.add(new Minute(start, minutes[at] == minute ? spans[at] : 0));
    }
    List<Heard> heard = new ArrayList<>();
    senders.forEach((who, seen) ->
        heard.add(new Heard(who.agent, who.environment, seen.last, seen.requests, seen.spans)));
    heard.sort(Comparator.comparing(Heard::lastSeen).reversed());
    return new Report(since, counted, heard);
  }

  private static long minute(Instant at) {
    return ChronoUnit.MINUTES.between(Instant.EPOCH, at);
  }
}
