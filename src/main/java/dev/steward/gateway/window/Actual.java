// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.window;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Budget.Limit;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a call really used.
///
/// @param usage null where the provider did not say
public record Actual(@Nullable Usage usage, Cost cost) {
  /// A call of which nothing is known but that it was sent.
  public static final Actual UNKNOWN = new Actual(null, new Cost.Unknown("the call never ended"));

  /// How well a charge is known.
  public enum Knowledge {
    KNOWN,
    ESTIMATED,
    UNKNOWN
  }

  /// What a window is charged, and how well that is known.
  public record Charge(BigDecimal amount, Knowledge knowledge) {
    public static Charge unknown(BigDecimal reserved) {
      return new Charge(reserved, Knowledge.UNKNOWN);
    }
  }

  /// What it comes to in the unit; where that is unknown, what was reserved.
  public Charge charge(String unit, BigDecimal reserved) {
    return switch (unit) {
      case Limit.CALLS -> new Charge(BigDecimal.ONE, Knowledge.KNOWN);
      case Limit.TOKENS -> tokens(reserved);
      default -> money(unit, reserved);
    };
  }

  private Charge tokens(BigDecimal reserved) {
    Usage known = usage;
    Long input = known == null ? null : known.input();
    Long output = known == null ? null : known.output();
    if (input == null || output == null || input < 0 || output < 0) {
      return Charge.unknown(reserved);
    }
    return new Charge(
        BigDecimal.valueOf(input).add(BigDecimal.valueOf(output)),
        estimated() ? Knowledge.ESTIMATED : Knowledge.KNOWN);
  }

  private Charge money(String currency, BigDecimal reserved) {
    return switch (cost) {
      case Cost.Known known
          when known.amount().signum() == 0
              || (known.currency().equals(currency) && known.amount().signum() > 0) ->
          new Charge(known.amount(), estimated() ? Knowledge.ESTIMATED : Knowledge.KNOWN);
      case Cost.Known _, Cost.Unknown _ -> Charge.unknown(reserved);
    };
  }

  private boolean estimated() {
    return cost instanceof Cost.Known known && known.source() == Cost.Source.ESTIMATED;
  }
}
