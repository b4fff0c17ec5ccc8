// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.form;

import dev.steward.domain.Cost;
import dev.steward.domain.Decimals;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Spend;
import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.Field;
import dev.steward.trace.dialect.Understood;
import dev.steward.trace.rate.PriceBook;
import dev.steward.trace.rate.UnitPrice;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.ToolFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Prices what a span cost beside its tokens: a tool call or a search by being one, seconds and
/// minutes by what its attributes say. What no price is declared for is not charged.
record Charges(PriceBook prices) {
  private static final String SOURCE = "gen_ai.data_source.id";

  /// Names the price of seconds or minutes where there are several: `steward.review.kind`.
  private static final String KIND = ".kind";

  /// Ninety years of seconds; more is a mistake, and no amount could hold it.
  private static final BigDecimal QUANTITY_MAX = new BigDecimal("3000000000");

  /// Decimals of an amount that are kept.
  private static final int SCALE_MAX = 18;

  List<Charge> of(Understood span, @Nullable ToolFacts tool, Instant at) {
    List<Charge> charges = new ArrayList<>();
    if (span.kind() == SpanKind.TOOL && tool != null) {
      one(Spend.TOOL, tool.server(), tool.name(), at).ifPresent(charges::add);
      one(Spend.API, tool.server(), tool.name(), at).ifPresent(charges::add);
    }
    if (span.kind() == SpanKind.RETRIEVER) {
      String source = span.subject().attributes().text(SOURCE);
      one(Spend.RETRIEVAL, span.text(Field.PROVIDER), source, at).ifPresent(charges::add);
    }
    stated(Spend.COMPUTE, span.subject().attributes(), at).ifPresent(charges::add);
    stated(Spend.REVIEW, span.subject().attributes(), at).ifPresent(charges::add);
    return List.copyOf(charges);
  }

  private Optional<Charge> one(
      Spend what, @Nullable String provider, @Nullable String name, Instant at) {
    return prices
        .unit(what, provider, name, at)
        .map(price -> charge(what, price, BigDecimal.ONE, ""));
  }

  private Optional<Charge> stated(Spend what, Attributes attributes, Instant at) {
    String said = attributes.has(what.attribute()) ? attributes.text(what.attribute()) : null;
    if (said == null) {
      return Optional.empty();
    }
    String kind = attributes.text("steward." + what.word() + KIND);
    return prices
        .unit(what, null, kind, at)
        .map(price -> charge(what, price, quantity(said), what.attribute() + " is no count"));
  }

  private static Charge charge(
      Spend what, UnitPrice price, @Nullable BigDecimal quantity, String flaw) {
    return switch (price) {
      case UnitPrice.Several several ->
          new Charge(what, "", quantity, new Cost.Unknown(several.reason()));
      case UnitPrice.One one ->
          new Charge(
              what,
              one.provider(),
              quantity,
              quantity == null
                  ? new Cost.Unknown(flaw)
                  : new Cost.Known(
                      amount(one.rate().multiply(quantity)),
                      one.currency(),
                      Cost.Source.PRICED,
                      one.basis()));
    };
  }

  private static BigDecimal amount(BigDecimal exact) {
    return Decimals.plain(
        exact.scale() > SCALE_MAX ? exact.setScale(SCALE_MAX, RoundingMode.HALF_EVEN) : exact);
  }

  /// Null when it is no number, or one that cannot be meant.
  private static @Nullable BigDecimal quantity(String said) {
    try {
      BigDecimal number = new BigDecimal(said.strip());
      boolean meant =
          number.signum() >= 0
              && number.compareTo(QUANTITY_MAX) <= 0
              && Math.abs((long) number.scale()) <= 40;
      return meant ? Decimals.plain(number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
