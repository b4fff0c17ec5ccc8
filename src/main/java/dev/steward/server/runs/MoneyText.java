// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import java.math.BigDecimal;
import java.math.MathContext;
import tools.jackson.databind.JsonNode;

/// An amount in three significant digits; an unknown one is the word, never 0.
public final class MoneyText {
  private static final MathContext SHOWN = new MathContext(3);

  private MoneyText() {}

  public static String of(JsonNode money) {
    if (!money.path("amount").isString()) {
      return "unknown";
    }
    String amount =
        new BigDecimal(money.path("amount").asString()).round(SHOWN).toPlainString()
            + " "
            + money.path("currency").asString();
    return money.path("known").asBoolean() ? amount : amount + " + unknown";
  }
}
