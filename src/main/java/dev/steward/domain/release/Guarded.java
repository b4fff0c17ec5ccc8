// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that a canary must not make worse.
///
/// @param form what is looked at
/// @param measure of which thing: an event, or a quantity of which less is better
/// @param bound the growth that is accepted, or the quantile; zero for events
public record Guarded(Form form, String measure, BigDecimal bound) {
  private static final List<String> EVENTS = List.of("error", "failure", "denial", "escalation");
  private static final List<String> MEASURES = List.of("cost", "duration", "steps", "tokens");
  private static final Pattern GROWTH = Pattern.compile("([a-z]+)\\+([0-9]{1,4})%");
  private static final Pattern TAIL = Pattern.compile("([a-z]+)@p([0-9]{1,2})");

  /// What is looked at.
  public enum Form {
    /// How many conversations or runs have such an event.
    EVENTS,
    /// By how much the mean grows.
    GROWTH,
    /// How many lie above a quantile of the control.
    TAIL
  }

  /// Reads `error`, `cost+20%` or `duration@p90`.
  ///
  /// @throws ApiException INVALID for anything else
  public static Guarded of(String written) {
    if (EVENTS.contains(written)) {
      return new Guarded(Form.EVENTS, written, BigDecimal.ZERO);
    }
    Matcher growth = GROWTH.matcher(written);
    if (growth.matches() && MEASURES.contains(growth.group(1))) {
      return new Guarded(Form.GROWTH, growth.group(1), hundredths(growth.group(2)));
    }
    Matcher tail = TAIL.matcher(written);
    if (tail.matches() && MEASURES.contains(tail.group(1)) && !tail.group(2).matches("0+")) {
      return new Guarded(Form.TAIL, tail.group(1), hundredths(tail.group(2)));
    }
    throw new ApiException(
        ErrorCode.INVALID,
        "'"
            + written
            + "' is no guardrail: say an event ("
            + String.join(", ", EVENTS)
            + "), the growth of a mean (cost+20%) or a tail (duration@p90) of "
            + String.join(", ", MEASURES));
  }

  /// As it is written.
  public String word() {
    String number = bound.movePointRight(2).stripTrailingZeros().toPlainString();
    return switch (form) {
      case EVENTS -> measure;
      case GROWTH -> measure + "+" + number + "%";
      case TAIL -> measure + "@p" + number;
    };
  }

  private static BigDecimal hundredths(String number) {
    return new BigDecimal(number).movePointLeft(2);
  }
}
