// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.dialogue.Dialogue.Heard;
import dev.steward.insight.dialogue.Dialogue.Part;
import dev.steward.insight.dialogue.Dialogue.Returned;
import dev.steward.insight.dialogue.Dialogue.Spoken;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroundednessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It costs $1,000.                 | {\"price\":1000}",
        "It costs 1000.00 USD.            | {\"price\":\"1,000\"}",
        "Das kostet 1.234,50 €.           | {\"price\":1234.5}",
        "About 12.35 km away.             | {\"km\":12.3467}",
        "That is 85% of all.              | {\"share\":0.85}",
        "Some 1.5 million people.         | {\"people\":1500000}",
        "Your order 4471123 is there.     | {\"order\":\"A-4471123\"}",
        "You leave on May 27, 2024.       | {\"date\":\"2024-05-27\"}",
        "You leave on 27 May.             | {\"date\":\"2024-05-27T10:00:00Z\"}",
        "You leave on 05/27/2024.         | {\"27 May 2024\":{}}",
        "It starts at 3:30 PM.            | {\"at\":\"2024-05-27T15:30:00\"}",
        "Order **OBUT9V** is booked.      | {\"id\":\"obut9v\"}",
        "Write to kim.2@example.com.      | {\"mail\":\"kim.2@example.com\"}",
        "It weighs 150kg.                 | {\"weight\":150}",
        "He said \"we will ship it soon\".| {\"note\":\"Fine: we will  ship it soon!\"}",
      })
  void whatAToolReturnedIsASourceInAnyForm(String answer, String result) {
    Groundedness.Known known = known(asked("?"), returned(result), answer(answer));
    assertThat(known.claims()).isPositive();
    assertThat(known.listed()).isEmpty();
    assertThat(known.share()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It costs $1,001.                  | NUMBER | $1,001",
        "It costs $7.                      | NUMBER | $7",
        "That is 84%.                      | NUMBER | 84%",
        "Order OBUT9W is booked.           | ID     | OBUT9W",
        "Write to lee@example.com.         | ID     | lee@example.com",
        "You leave on May 28, 2024.        | DATE   | May 28, 2024",
        "It starts at 4:30 pm.             | TIME   | 4:30 pm",
        "He said \"we never ship at all\". | QUOTE  | \"we never ship at all\"",
      })
  void whatNobodyToldIsListedAsItWasWritten(String answer, Claim.Kind kind, String words) {
    Groundedness.Known known =
        known(
            asked("Order OBUT9V for 1000?"),
            returned("{\"date\":\"2024-05-27T15:30:00\",\"share\":0.85}"),
            answer(answer));
    assertThat(known.claims()).isEqualTo(1);
    assertThat(known.listed()).containsExactly(new Claim(kind, words, "answer"));
  }

  @Test
  void countsAndListMarksAreNoClaims() {
    String answer = "There are 2 ways:\n1. Wait.\n2. Call us.\n10. Go.";
    assertThat(known(asked("?"), answer(answer)).claims()).isZero();
  }

  @Test
  void whatTheAgentSaidBeforeIsNoSourceAndWhatComesAfterNeither() {
    Groundedness.Known known =
        known(
            asked("?"),
            answer("It is 4711."),
            answer("As I said, 4711."),
            returned("{\"n\":4711}"));
    assertThat(known.ungrounded()).isEqualTo(1);
    assertThat(known.claims()).isEqualTo(1);
  }

  @Test
  void whatIsNotCapturedIsUnknownAndNeverZero() {
    assertThat(of(asked("?"))).isInstanceOf(Groundedness.Unknown.class);
    assertThat(of(answer("It is 4711."))).isInstanceOf(Groundedness.Unknown.class);
    assertThat(of(asked("?"), returned(""), answer("It is 4711.")))
        .isEqualTo(new Groundedness.Unknown("the result of a tool was not captured"));
    assertThat(of(asked("Is it 4711?"), returned(""), answer("It is 4711.")))
        .isEqualTo(new Groundedness.Known(1, 0, List.of()));
    assertThat(Groundedness.of(new Dialogue(List.of(), "too long")))
        .isEqualTo(new Groundedness.Unknown("too long"));
  }

  @Test
  void aLongAnswerIsReadInBoundedTimeAndItsListIsBounded() {
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      answer.append(1_000_000 + i * 7).append(' ');
    }
    Groundedness.Known known = known(asked("?"), answer(answer.toString()));
    assertThat(known.claims()).isEqualTo(500);
    assertThat(known.listed()).hasSize(Groundedness.LISTED_MAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.",
        "a:",
        "a:1",
        "a#",
        "a-",
        "a@",
        "a@b.",
        "a+1",
        "1.000.",
        "1'",
        "\"a ",
        "h://",
        "a.a@a.a",
        "may ",
        "1 ",
        "may 1",
        "https://a!",
        "- ",
        "1:",
        "₹1",
        ".",
        " ",
        "#:",
        "é1",
        "😀a",
      })
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anAnswerOfAnyShapeIsReadInTimeThatGrowsWithIt(String shape) {
    String much = shape.repeat(30_000 / shape.length());
    for (String answer : List.of("b" + much, "https://b" + much + "!x")) {
      assertThat(of(asked(answer), answer(answer))).isInstanceOf(Groundedness.Known.class);
    }
  }

  @Test
  void theClaimsOfARunAreBoundedHoweverManyAnswersMakeThem() {
    Part[] parts = new Part[4];
    parts[0] = asked("?");
    for (int i = 1; i < parts.length; i++) {
      StringBuilder answer = new StringBuilder();
      for (int number = 0; number < 300; number++) {
        answer.append(i * 1_000 + number).append(' ');
      }
      parts[i] = answer(answer.toString());
    }
    assertThat(known(parts).claims()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "See ID:AB-12, it is paid.     | ID:AB-12",
        "See #AB12.                    | AB12",
        "See orders/AB12/lines.        | orders/AB12/lines",
        "Go to http://x.example/a1?b!! | http://x.example/a1?b",
      })
  void anIdIsTheWholeWord(String answer, String words) {
    assertThat(known(asked("?"), answer(answer)).listed())
        .extracting(Claim::words)
        .containsExactly(words);
    assertThat(known(asked(words), answer(answer)).listed()).isEmpty();
  }

  @Test
  void theLastAnswerAloneCanBeAsked() {
    Dialogue dialogue =
        new Dialogue(List.of(asked("?"), answer("It is 4711."), answer("Welcome.")), "");
    assertThat(Groundedness.ofLast(dialogue)).isEqualTo(new Groundedness.Known(0, 0, List.of()));
  }

  private static Groundedness of(Part... parts) {
    return Groundedness.of(new Dialogue(List.of(parts), ""));
  }

  private static Groundedness.Known known(Part... parts) {
    return (Groundedness.Known) of(parts);
  }

  private static Part asked(String text) {
    return new Heard("ask", text);
  }

  private static Part returned(String result) {
    return new Returned("tool", "look", "{}", result, false);
  }

  private static Part answer(String text) {
    return new Spoken("answer", text, false, true, true);
  }
}
