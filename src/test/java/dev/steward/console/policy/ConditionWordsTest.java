// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "args.amount <= 50 => the argument amount is at most 50",
        "args.amount > 50 && args.amount <= 2000.50"
            + " => the argument amount is above 50 and the argument amount is at most 2000.5",
        "!tainted(args.account) => the argument account does not come from an untrusted source",
        "has(args.note) && args.note == 'x'"
            + " => the argument note is given and the argument note is “x”",
        "!has(args.note) => the argument note is not given",
        "args.currency in ['EUR', 'USD'] => the argument currency is one of “EUR”, “USD”",
        "!(args.currency in ['EUR']) => the argument currency is none of “EUR”",
        "'crm/read' in run.tools => “crm/read” is among the tools that the run has called",
        "caller.labels.team != 'legal' => the agent's label team is not “legal”",
        "caller.labels['team'] == 'legal' => the agent's label team is “legal”",
        "cost < 0.05 || run.steps >= 10 => the highest cost of the call in USD is below 0.05 or the"
            + " number of steps in the run is at least 10",
        "args.to.endsWith('@example.com') => the argument to ends with “@example.com”",
        "size(args.body) > 100 => the length of the argument body is above 100",
        "args.urgent => the argument urgent holds"
      })
  void saysWhatMostConditionsSay(String condition, String words) {
    assertThat(ConditionWords.of(condition)).contains(words);
  }

  @Test
  void aListOfBothWaysStandsInBrackets() {
    assertThat(ConditionWords.of("args.a == 1 && (args.b == 2 || args.c == 3 || args.d == 4)"))
        .contains(
            "the argument a is 1 and (the argument b is 2 or the argument c is 3 or the argument d"
                + " is 4)");
  }

  @Test
  void aDeniedListTurnsBothTheListAndItsParts() {
    assertThat(ConditionWords.of("!(args.a == 1 && tainted(args.b))"))
        .contains(
            "the argument a is not 1 or the argument b comes from an untrusted source"
                .replace("comes", "does not come"));
    assertThat(ConditionWords.of("!(args.a < 1 || !has(args.b))"))
        .contains("the argument a is not below 1 and the argument b is given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now.getHours('Europe/Berlin') < 18",
        "args.items.exists(item, item.price > 3)",
        "args.a + args.b > 3",
        "args.a == 1 ? args.b : args.c",
        "args.amount <= 50 && matches(args.to, '^x')",
        "args.amount <=",
        "[1, 2][0] == 1",
        ""
      })
  void ofOtherFormsThereAreNoWordsRatherThanWrongOnes(String condition) {
    assertThat(ConditionWords.of(condition)).isEmpty();
  }
}
