// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.live.UpstreamHealth.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The figures of one provider over the last hour, minute by minute.
final class LastHour {
  private static final int MINUTES = (int) UpstreamHealth.WINDOW.toMinutes();
  private static final int MODELS_MAX = 32;
  private static final int REASON_MAX = 300;

  private final @Nullable Minute[] minutes = new @Nullable Minute[MINUTES];
  private final TreeMap<String, Instant> models = new TreeMap<>();
  private @Nullable Failure lastError;

  /// Sums over the hour.
  record Sums(
      long calls,
      long errors,
      long passedOver,
      Latencies firstByte,
      Latencies whole,
      List<String> models,
      Optional<Failure> lastError) {}

  private static final class Minute {
    private long number = -1;
    private long calls;
    private long errors;
    private long passedOver;
    private final Latencies firstByte = new Latencies();
    private final Latencies whole = new Latencies();

    private void begin(long at) {
      number = at;
      calls = 0;
      errors = 0;
      passedOver = 0;
      firstByte.clear();
      whole.clear();
    }
  }

  synchronized void called(String model, Instant now) {
    at(now).calls++;
    models.put(model, now);
    if (models.size() > MODELS_MAX) {
      forget(now);
    }
  }

  synchronized void began(Duration took, Instant now) {
    at(now).firstByte.add(took);
  }

  synchronized void ended(Duration took, Instant now) {
    at(now).whole.add(took);
  }

  synchronized void failed(String reason, Instant now) {
    at(now).errors++;
    lastError =
        new Failure(
            now,
            reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX - 1) + "…");
  }

  synchronized void passedOver(Instant now) {
    at(now).passedOver++;
  }

  synchronized Sums sums(Instant now) {
    long first = minute(now) - MINUTES + 1;
    long calls = 0;
    long errors = 0;
    long passedOver = 0;
    Latencies firstByte = new Latencies();
    Latencies whole = new Latencies();
    for (@Nullable Minute minute : minutes) {
      if (minute != null && minute.number >= first) {
        calls += minute.calls;
        errors += minute.errors;
        passedOver += minute.passedOver;
        firstByte.add(minute.firstByte);
        whole.add(minute.whole);
      }
    }
    Instant since = now.minus(UpstreamHealth.WINDOW);
    List<String> named = new ArrayList<>();
    models.forEach((model, last) -> {
      if (!last.isBefore(since)) {
        named.add(model);
      }
    });
    return new Sums(
        calls,
        errors,
        passedOver,
        firstByte,
        whole,
        named,
        Optional.ofNullable(lastError).filter(error -> !error.at().isBefore(since)));
  }

  /// Of too many models the one that was asked for longest ago goes.
  private void forget(Instant now) {
    String oldest = "";
    Instant last = now;
    for (Map.Entry<String, Instant> model : models.entrySet()) {
      if (model.getValue().isBefore(last) || oldest.isEmpty()) {
        oldest = model.getKey();
        last = model.getValue();
      }
    }
    models.remove(oldest);
  }

  private Minute at(Instant now) {
    long number = minute(now);
    int place = (int) Math.floorMod(number, (long) MINUTES);
    @Nullable Minute minute = minutes[place];
    if (minute == null) {
      minute = new Minute();
      minutes[place] = minute;
    }
    if (minute.number != number) {
      minute.begin(number);
    }
    return minute;
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 60L);
  }
}
