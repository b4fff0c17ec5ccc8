// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What came of copies of live calls, as a person reads it at a terminal.
final class ShadowText {
  private static final String LIVE = "liveCost.";

  private ShadowText() {}

  /// "" where there never were any.
  static String lines(JsonNode shadow) {
    if (!shadow.isObject()) {
      return "";
    }
    JsonNode sums = shadow.path("sums");
    long compared = sums.path("compared").asLong();
    StringBuilder text =
        new StringBuilder(
            "  shadow          %s%s%n"
                .formatted(
                    shadow.path("active").asBoolean() ? "it gets copies of live calls; " : "",
                    compared == 0
                        ? "none was compared yet"
                        : "%d of %d agreed (95 %% interval %.1f to %.1f %%)"
                            .formatted(
                                sums.path("agreed").asLong(),
                                compared,
                                100 * shadow.path("low").asDouble(),
                                100 * shadow.path("high").asDouble())));
    text.append(
        "                  the same: %d outcomes, %d effects, %d sets of tools, %d answers; %d dropped, %d failed%n"
            .formatted(
                sums.path("sameOutcome").asLong(),
                sums.path("sameEffects").asLong(),
                sums.path("sameTools").asLong(),
                sums.path("sameAnswer").asLong(),
                sums.path("dropped").asLong(),
                sums.path("failed").asLong()));
    text.append(
        "                  calls with effects: %d answered as the live run's, %d simulated, %d refused%n"
            .formatted(
                sums.path("fromLive").asLong(),
                sums.path("simulated").asLong(),
                sums.path("refused").asLong()));
    if (compared > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "                  on average: %d ms live, %d ms shadow%s%n",
              sums.path("liveMillis").asLong() / compared,
              sums.path("shadowMillis").asLong() / compared,
              costs(sums)));
    }
    return text.toString();
  }

  private static String costs(JsonNode sums) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> sum : sums.properties()) {
      String word = sum.getKey();
      if (word.startsWith(LIVE)) {
        String currency = word.substring(LIVE.length());
        text.append(
            "; together %s %s live, %s %s shadow"
                .formatted(
                    sum.getValue().asString(),
                    currency,
                    sums.path("shadowCost." + currency).asString("0"),
                    currency));
      }
    }
    return text.toString();
  }
}
