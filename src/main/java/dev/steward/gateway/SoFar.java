// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.gateway.estimate.CallSize;
import dev.steward.gateway.estimate.SizeReader;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.wire.Asked;
import dev.steward.trace.rate.PriceBook;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What a call has about cost while it is being answered: its input by its length, its output by
/// what came.
final class SoFar implements LongFunction<Cost> {
  private static final int BYTES_PER_TOKEN = 4;

  private final PriceBook prices;
  private final Asked asked;
  private final ModelChoice choice;
  private final Instant at;
  private volatile @Nullable CallSize size;

  SoFar(PriceBook prices, Asked asked, ModelChoice choice, Instant at) {
    this.prices = prices;
    this.asked = asked;
    this.choice = choice;
    this.at = at;
  }

  @Override
  public Cost apply(long output) {
    CallSize known = size;
    if (known == null) {
      known = SizeReader.read(asked, choice);
      size = known;
    }
    if (known.images() > 0 || known.references() > 0) {
      return new Cost.Unknown("it has pictures or files in it, counted when the answer is whole");
    }
    Cost cost =
        prices.price(
            choice.priceName(),
            choice.model(),
            choice.model(),
            Usage.of(known.bodyBytes() / BYTES_PER_TOKEN, output),
            at);
    return cost.estimated();
  }
}
