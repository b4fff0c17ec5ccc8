// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.policy.Calls;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private static final ToolSchema SCHEMA =
      new ToolSchema(
          """
          {"$defs": {"Address": {"type": "object", "properties": {"in": {"type": "string"}}}},
           "type": "object",
           "properties": {
             "amount": {"type": "number"},
             "count": {"type": "integer"},
             "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
             "address": {"$ref": "#/$defs/Address"},
             "items": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}},
             "free": {}}}
          """);

  @Test
  void aNameThatTheSchemaDoesNotHaveIsAMistakeAtItsColumn() {
    Mistake mistake = mistake("args.amount < 1 && args.cuont > 2");
    assertThat(mistake.column()).isEqualTo(24);
    assertThat(mistake.message()).isEqualTo("no field 'cuont'");
    assertThat(mistake.known()).contains("count");
  }

  @Test
  void aMistakeInANestedStructOrAListIsFound() {
    assertThat(mistake("args.address.city == 'x'").message()).isEqualTo("no field 'city'");
    assertThat(mistake("args.items.exists(i, i.sqk == 'x')").message()).isEqualTo("no field 'sqk'");
    assertThat(Condition.of("args.address.`in` == 'x'", SCHEMA).mistakes()).isEmpty();
  }

  @Test
  void aSlipInWhatIsKnownOfTheCallerIsFound() {
    assertThat(mistake("caller.agnet == 'x'").message()).isEqualTo("no field 'agnet'");
    assertThat(mistake("argz.amount > 1").message()).startsWith("nothing is named 'argz'");
  }

  @Test
  void aConditionMustBeTrueOrFalse() {
    assertThat(mistake("args.amount").message()).contains("bool");
    assertThat(mistake("args.amount >").column()).isPositive();
  }

  @Test
  void equalityOfAFractionAndAWholeNumberSaysWhatToWrite() {
    assertThat(mistake("args.amount == 50").message()).contains("50.0");
  }

  @Test
  void numbersAreWhatTheSchemaSays() {
    assertThat(holds("args.amount <= 50", Map.of("amount", 50))).isEqualTo(Truth.Known.YES);
    assertThat(holds("args.amount == 20.0", Map.of("amount", 20))).isEqualTo(Truth.Known.YES);
    assertThat(holds("args.count == 20", Map.of("count", new BigDecimal("20.0"))))
        .isEqualTo(Truth.Known.YES);
    assertThat(holds("args.free == 20", Map.of("free", new BigDecimal("20"))))
        .isEqualTo(Truth.Known.YES);
  }

  @Test
  void numbersThatDoNotFitFail() {
    assertThat(holds("args.count > 1", Map.of("count", new BigDecimal("1.5"))))
        .isInstanceOf(Truth.Failed.class);
    assertThat(holds("args.count > 1", Map.of("count", new BigDecimal("9223372036854775808"))))
        .isInstanceOf(Truth.Failed.class);
    assertThat(holds("args.amount < 1", Map.of("amount", new BigDecimal("1e400"))))
        .isInstanceOf(Truth.Failed.class);
    assertThat(holds("args.count < 1", Map.of("count", new BigDecimal("1e999999999"))))
        .isInstanceOf(Truth.Failed.class);
  }

  @Test
  void whatIsAbsentFailsUnlessItIsAskedFor() {
    assertThat(holds("args.note == 'x'", Map.of()))
        .isEqualTo(new Truth.Failed("its condition needs 'note', which is absent or not known"));
    assertThat(holds("has(args.note) && args.note == 'x'", Map.of())).isEqualTo(Truth.Known.NO);
    assertThat(holds("run.spent < 1.0", Map.of())).isInstanceOf(Truth.Failed.class);
    assertThat(holds("cost < 1.0", Map.of())).isInstanceOf(Truth.Failed.class);
  }

  @Test
  void whatIsTaintedIsUnknownUntilItDoesNotMatter() {
    assertThat(holds("tainted(args.note)", Map.of("note", "x"))).isEqualTo(Truth.UNKNOWN);
    assertThat(holds("!tainted(args.note)", Map.of("note", "x"))).isEqualTo(Truth.UNKNOWN);
    assertThat(holds("tainted(args.note) || true", Map.of("note", "x"))).isEqualTo(Truth.Known.YES);
    assertThat(holds("args.amount > 1 && tainted(args.note)", Map.of("amount", 0, "note", "x")))
        .isEqualTo(Truth.Known.NO);
    assertThat(holds("tainted(args.note) && args.amount > 1", Map.of("note", "x")))
        .isInstanceOf(Truth.Failed.class);
  }

  @Test
  void aConditionCannotRunForLong() {
    List<Integer> many = new java.util.ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(i);
    }
    assertThat(
            holds(
                "args.free.all(a, args.free.all(b, args.free.all(c, a + b + c >= 0)))",
                Map.of("free", many)))
        .isInstanceOf(Truth.Failed.class);
  }

  private static Mistake mistake(String text) {
    return Condition.of(text, SCHEMA).mistakes().getFirst();
  }

  private static Truth holds(String text, Map<String, @Nullable Object> arguments) {
    Condition condition = Condition.of(text, SCHEMA);
    assertThat(condition.mistakes()).isEmpty();
    return condition.holds(
        new Situation(
            Calls.tool("a", "p", "bank/pay", arguments), Calls.FACTS, "", List.of(), SCHEMA));
  }
}
