// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import dev.steward.domain.Decimals;
import dev.steward.domain.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How much those in its scope may spend in each of its windows.
///
/// @param unknownCall what a call of unknown price reserves, null for a hundredth of the limit
/// @param warnAt per cent of the limit at which a person is told
public record Budget(
    Metadata metadata,
    Scope scope,
    Window window,
    Limit limit,
    OnUnknown onUnknown,
    @Nullable BigDecimal unknownCall,
    WhenTooLarge whenTooLarge,
    int warnAt)
    implements Resource {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /// What a call whose price nobody knows reserves of it, and is charged; never nothing.
  public BigDecimal unknownReservation() {
    BigDecimal share = unknownCall == null ? limit.amount().divide(HUNDRED) : unknownCall;
    return share.signum() > 0 ? share : BigDecimal.ONE;
  }

  /// What happens to a call whose price is not known.
  public enum OnUnknown {
    /// It reserves `unknownCall`, and is charged that.
    CHARGE_RESERVATION,
    REFUSE
  }

  /// What happens to a call whose worst case is larger than what is left.
  public enum WhenTooLarge {
    /// Its longest answer is shortened to what is left.
    CLAMP,
    REFUSE
  }

  /// Whose calls it pays for: those for which every part that is not empty holds.
  ///
  /// @param labels of the agent, such as `team: support`
  /// @param shadow whether it pays for copies of live calls, and for nothing else
  public record Scope(
      Map<String, String> labels,
      String agent,
      String workflow,
      String environment,
      String run,
      boolean shadow) {
    public static final Scope EVERYTHING = new Scope(Map.of(), "", "", "", "", false);

    public Scope {
      labels = Map.copyOf(labels);
    }

    public boolean covers(Subject who) {
      return shadow == who.shadow()
          && is(agent, who.agent())
          && is(environment, who.environment())
          && (workflow.isEmpty() || who.workflows().contains(workflow))
          && is(run, who.run())
          && labels.entrySet().stream()
              .allMatch(label -> label.getValue().equals(who.labels().get(label.getKey())));
    }

    private static boolean is(String wanted, String part) {
      return wanted.isEmpty() || wanted.equals(part);
    }
  }

  /// How long a window lasts before the budget is full again.
  public enum Every {
    RUN,
    HOUR,
    DAY,
    MONTH
  }

  /// When the budget is full again.
  ///
  /// @param resetsAt time of the day; of an hour only its minutes count
  /// @param resetsOn day of the month, 1 to 28
  /// @param zone where that time is told; hours are counted in UTC
  public record Window(Every every, LocalTime resetsAt, int resetsOn, ZoneId zone) {
    private static final long HOUR_SECONDS = 3600;

    /// The window that the moment lies in.
    ///
    /// @throws IllegalStateException for windows of a run, which are not told by a clock
    public Period at(Instant moment) {
      return switch (every) {
        case RUN -> throw new IllegalStateException("a run's window is not told by a clock");
        case HOUR -> hour(moment);
        case DAY -> day(moment);
        case MONTH -> month(moment);
      };
    }

    private Period hour(Instant moment) {
      long minutes = resetsAt.getMinute() * 60L;
      long start =
          Math.floorDiv(moment.getEpochSecond() - minutes, HOUR_SECONDS) * HOUR_SECONDS + minutes;
      return new Period(Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + HOUR_SECONDS));
    }

    private Period day(Instant moment) {
      LocalDate day = moment.atZone(zone).toLocalDate();
      LocalDate first = begins(day).isAfter(moment) ? day.minusDays(1) : day;
      return new Period(begins(first), begins(first.plusDays(1)));
    }

    private Period month(Instant moment) {
      ZonedDateTime now = moment.atZone(zone);
      LocalDate day = now.toLocalDate().withDayOfMonth(resetsOn);
      LocalDate first = begins(day).isAfter(moment) ? day.minusMonths(1) : day;
      return new Period(begins(first), begins(first.plusMonths(1)));
    }

    private Instant begins(LocalDate day) {
      return day.atTime(resetsAt).atZone(zone).toInstant();
    }
  }

  /// A stretch of time, its end exclusive.
  public record Period(Instant start, Instant end) {}

  /// How much there is.
  ///
  /// @param unit an ISO 4217 currency, `tokens` or `calls`
  public record Limit(BigDecimal amount, String unit) {
    public static final String TOKENS = "tokens";
    public static final String CALLS = "calls";
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Limit {
      amount = Decimals.plain(amount);
      if (amount.signum() < 0) {
        throw new IllegalArgumentException("a limit is never negative: " + amount);
      }
    }

    public static boolean isCurrency(String unit) {
      return CURRENCY.matcher(unit).matches();
    }

    public boolean money() {
      return isCurrency(unit);
    }
  }
}
