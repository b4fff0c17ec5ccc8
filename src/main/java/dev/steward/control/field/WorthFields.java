// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Agent.Worth;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What outcomes are worth: `value: {resolved: 4.00 USD}`.
public final class WorthFields {
  private static final String VALUE = "value";

  /// Enough for any outcome, and none that takes forever to add up.
  private static final Pattern WRITTEN =
      Pattern.compile("(-?\\d{1,12}(?:\\.\\d{1,6})?) ([A-Z]{3})");

  private WorthFields() {}

  /// By label in lower case.
  public static Map<String, Worth> read(Fields spec) {
    if (spec.has(VALUE) && !spec.isObject(VALUE)) {
      spec.flaw(VALUE, "must be outcomes with what they are worth, such as {resolved: 4.00 USD}");
      return Map.of();
    }
    Map<String, Worth> worth = new LinkedHashMap<>();
    spec.map(VALUE)
        .forEach((label, written) -> {
          Matcher parts = WRITTEN.matcher(written);
          if (!parts.matches()) {
            spec.flaw(
                VALUE,
                label + ": '" + written + "' is no amount with its currency, such as 4.00 USD");
          } else if (worth.put(label.toLowerCase(Locale.ROOT), of(parts)) != null) {
            spec.flaw(VALUE, "holds " + label + " twice; labels are the same in any case");
          }
        });
    if (worth.values().stream().map(Worth::currency).distinct().count() > 1) {
      spec.flaw(VALUE, "is in several currencies, which cannot be added; write one");
    }
    return worth;
  }

  private static Worth of(Matcher parts) {
    return new Worth(new BigDecimal(parts.group(1)), parts.group(2));
  }

  public static void write(Map<String, Worth> value, ObjectNode spec) {
    if (!value.isEmpty()) {
      ObjectNode written = spec.putObject(VALUE);
      new TreeMap<>(value)
          .forEach((label, worth) ->
              written.put(label, worth.amount().toPlainString() + " " + worth.currency()));
    }
  }
}
