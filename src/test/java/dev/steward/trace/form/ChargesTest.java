// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.Spend;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Price;
import dev.steward.trace.Sender;
import dev.steward.trace.price.ListedPrices;
import dev.steward.trace.price.PriceRow;
import dev.steward.trace.reading.Fixtures;
import dev.steward.trace.reading.RecordReader;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChargesTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TOOL =
      "gen_ai.operation.name=execute_tool gen_ai.tool.name=refund mcp.server.name=payments";
  private static final String SEARCH =
      "gen_ai.operation.name=retrieval gen_ai.provider.name=pinecone gen_ai.data_source.id=kb";

  @Test
  void aToolCallCostsWhatItsPriceSaysExactly() {
    Price price = price("payments-refund", "payments", "refund", "tool-call", "0.0021");
    Charge charge = only(read(TOOL, price));

    assertThat(charge)
        .isEqualTo(
            new Charge(
                Spend.TOOL,
                "payments",
                BigDecimal.ONE,
                new Cost.Known(
                    new BigDecimal("0.0021"),
                    "USD",
                    Cost.Source.PRICED,
                    PriceRow.of(price).digest())));
    assertThat(read(TOOL, price).total()).isEqualTo(charge.cost());
    assertThat(read(TOOL, price).cost()).isNull();
  }

  @Test
  void aNameGoesBeforeWhatAServerAsksForAllAndAnotherServersPriceIsNone() {
    Price all = price("all", "payments", "*", "tool-call", "0.5");
    Price refund = price("refund", "payments", "refund", "tool-call", "0.25");
    Price other = price("other", "crm", "refund", "tool-call", "9");

    assertThat(amounts(read(TOOL, all, refund, other))).containsExactly("TOOL 0.25");
    assertThat(amounts(read(TOOL, all, other))).containsExactly("TOOL 0.5");
    assertThat(read(TOOL, other).charges()).isEmpty();
    assertThat(read(TOOL, other).total()).isNull();
  }

  @Test
  void aToolOfNoServerIsPricedByItsNameAloneAndNeverByOneServersPriceForAll() {
    String bare = "gen_ai.operation.name=execute_tool gen_ai.tool.name=refund";
    Price refund = price("refund", "payments", "refund", "tool-call", "0.25");

    assertThat(amounts(read(bare, refund))).containsExactly("TOOL 0.25");
    assertThat(read(bare, price("all", "payments", "*", "tool-call", "1")).charges()).isEmpty();
    Price dearer = price("other", "crm", "refund", "tool-call", "9");
    assertThat(only(read(bare, refund, dearer)).cost())
        .isEqualTo(
            new Cost.Unknown("several prices of a tool-call hold, such as other and refund"));
  }

  @Test
  void aSearchIsPricedByItsSource() {
    assertThat(amounts(read(SEARCH, price("kb", "pinecone", "kb", "retrieval", "0.0004"))))
        .containsExactly("RETRIEVAL 0.0004");
    assertThat(amounts(read(SEARCH, price("any", "pinecone", "*", "retrieval", "0.001"))))
        .containsExactly("RETRIEVAL 0.001");
    assertThat(read(SEARCH, price("kb", "weaviate", "kb", "retrieval", "1")).charges()).isEmpty();
  }

  @Test
  void minutesOfReviewAndSecondsOfComputeCostByWhatTheSpanSays() {
    Price review = price("people", "people", "*", "review-minute", "1.35");
    Price compute = price("small", "aws", "*", "compute-second", "0.0000113");

    assertThat(amounts(read("steward.review.minutes=7.5", review, compute)))
        .containsExactly("REVIEW 10.125");
    assertThat(amounts(read("steward.compute.seconds=12.25", review, compute)))
        .containsExactly("COMPUTE 0.000138425");
    assertThat(amounts(read(TOOL + " steward.compute.seconds=3", compute)))
        .containsExactly("COMPUTE 0.0000339");
    assertThat(read("steward.review.minutes=7.5", compute).charges()).isEmpty();
  }

  @Test
  void whatIsNoNumberIsUnknownAndNeverNothing() {
    Price review = price("people", "people", "*", "review-minute", "1.35");

    for (String said : List.of("some", "-1", "1e40", "NaN")) {
      Charge charge = only(read("steward.review.minutes=" + said, review));
      assertThat(charge.quantity()).isNull();
      assertThat(charge.cost()).isEqualTo(new Cost.Unknown("steward.review.minutes is no count"));
    }
    assertThat(amounts(read("steward.review.minutes=0", review))).containsExactly("REVIEW 0");
  }

  @Test
  void ofSeveralPricesTheSpanSaysWhich() {
    Price lawyer = price("lawyer", "legal", "lawyer", "review-minute", "6");
    Price clerk = price("clerk", "support", "clerk", "review-minute", "0.8");

    assertThat(amounts(read("steward.review.minutes=2 steward.review.kind=lawyer", lawyer, clerk)))
        .containsExactly("REVIEW 12");
    assertThat(read("steward.review.minutes=2 steward.review.kind=judge", lawyer, clerk).charges())
        .isEmpty();
  }

  @Test
  void aPriceHoldsFromItsDayOn() {
    Price late =
        price(
            "late", "payments", "refund", "tool-call", "1", Instant.parse("2099-01-01T00:00:00Z"));

    assertThat(read(TOOL, late).charges()).isEmpty();
  }

  private static Charge only(Span span) {
    assertThat(span.charges()).hasSize(1);
    return span.charges().getFirst();
  }

  private static List<String> amounts(Span span) {
    List<String> amounts = new ArrayList<>();
    for (Charge charge : span.charges()) {
      amounts.add(
          charge.what()
              + " "
              + (charge.cost() instanceof Cost.Known known
                  ? known.amount().toPlainString()
                  : "unknown"));
    }
    return amounts;
  }

  private static Span read(String attributes, Price... prices) {
    ObjectNode one = JSON.createObjectNode().put("name", "a span");
    ObjectNode said = one.putObject("attributes");
    StringTokenizer each = new StringTokenizer(attributes, " =");
    while (each.hasMoreTokens()) {
      said.put(each.nextToken(), each.nextToken());
    }
    RecordReader reader = new RecordReader(ListedPrices.of(List.of(prices)));
    return reader.read(Fixtures.record(Fixtures.request(one), Sender.UNKNOWN)).spans().getFirst();
  }

  private static Price price(String name, String provider, String model, String unit, String rate) {
    return price(name, provider, model, unit, rate, Instant.EPOCH);
  }

  private static Price price(
      String name, String provider, String model, String unit, String rate, Instant from) {
    @Nullable Instant until = null;
    return new Price(
        new Metadata(name, Map.of()),
        provider,
        model,
        List.of(),
        "USD",
        Map.of(),
        Map.of(unit, new BigDecimal(rate)),
        List.of(),
        from,
        until,
        null);
  }
}
