// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.signal;

import dev.steward.server.client.Table;
import dev.steward.server.runs.MoneyText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Signals as a person reads them at a terminal. What is not known is a word or a dash, never 0.
final class SignalsText {
  private static final MathContext SHOWN = new MathContext(3);

  private SignalsText() {}

  static String of(JsonNode answer) {
    Table table =
        new Table(
            "FROM",
            "WHERE",
            "VERSION",
            "RUNS",
            "SUCCESS",
            "COST",
            "PER SUCCESS",
            "WASTED",
            "TOOLS OK",
            "UNGROUNDED",
            "SILENT");
    for (JsonNode window : answer.path("windows")) {
      row(
          table,
          window.path("from").asString(),
          window.path("environment").asString(""),
          window.path("version").asString(""),
          window.path("figures"));
    }
    if (table.isEmpty()) {
      return "no run of "
          + answer.path("agent").asString()
          + " that ended began then, or none is yours to see\n";
    }
    row(table, "all", "", "", answer.path("total"));
    return table + value(answer.path("total"));
  }

  private static void row(
      Table table, String from, String where, String version, JsonNode figures) {
    table.row(
        from,
        where,
        version.length() > 12 ? version.substring(0, 12) : version,
        figures.path("runs").asString(),
        share(figures.path("success")),
        MoneyText.of(figures.path("cost")),
        perSuccess(figures.path("perSuccess")),
        wasted(figures.path("wasted")),
        share(figures.path("tools").path("success")),
        share(figures.path("ungrounded")),
        share(figures.path("silentFailures")));
  }

  private static String share(JsonNode share) {
    return share.path("share").isNumber()
        ? String.format(
            Locale.ROOT,
            "%.1f %% (%.1f–%.1f)",
            100 * share.path("share").doubleValue(),
            100 * share.path("low").doubleValue(),
            100 * share.path("high").doubleValue())
        : "unknown";
  }

  private static String perSuccess(JsonNode cost) {
    if (!cost.path("amount").isNumber()) {
      return "unknown";
    }
    String high = cost.path("high").isNumber() ? shown(cost.path("high")) : "?";
    return "%s (%s–%s) %s"
        .formatted(
            shown(cost.path("amount")),
            shown(cost.path("low")),
            high,
            cost.path("currency").asString());
  }

  private static String wasted(JsonNode all) {
    if (all.isEmpty()) {
      return "-";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode each : all) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(each.path("why").asString())
          .append(' ')
          .append(MoneyText.of(each.path("cost")));
    }
    return text.toString();
  }

  private static String value(JsonNode total) {
    return total.path("value").isObject()
        ? "value %s, cost %s, net %s%n"
            .formatted(
                MoneyText.of(total.path("value")),
                MoneyText.of(total.path("cost")),
                total.path("net").isObject() ? MoneyText.of(total.path("net")) : "unknown")
        : "";
  }

  private static String shown(JsonNode number) {
    return new BigDecimal(number.doubleValue()).round(SHOWN).toPlainString();
  }
}
