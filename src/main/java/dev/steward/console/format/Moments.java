// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Reads points in time for one reader at one moment.
public record Moments(ZoneId zone, Instant now) {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm:ss.SSS zzz", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter YEAR =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

  public Moment of(Instant at) {
    ZonedDateTime local = at.atZone(zone);
    return new Moment(
        DateTimeFormatter.ISO_INSTANT.format(at), EXACT.format(local), relative(at), shown(local));
  }

  private String relative(Instant at) {
    Duration ago = Duration.between(at, now);
    if (ago.isNegative()) {
      return ago.toSeconds() > -5 ? "now" : "in " + Took.about(ago.negated());
    }
    return ago.toSeconds() < 1 ? "now" : Took.about(ago) + " ago";
  }

  private String shown(ZonedDateTime local) {
    ZonedDateTime today = now.atZone(zone);
    if (local.toLocalDate().equals(today.toLocalDate())) {
      return TIME.format(local);
    }
    return (local.getYear() == today.getYear() ? DAY : YEAR).format(local);
  }
}
