// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTest {
  @Test
  void aTextThatOnlyGrewIsReadFromItsEndOn() {
    Known known = new Known();
    StringBuilder text = new StringBuilder("[" + message(0));
    known.learn(text + " ] ", false);
    for (int i = 1; i < 50; i++) {
      text.append(" , ").append(message(i));
      assertThat(known.addedTo(text + "]")).isEqualTo("[ " + message(i) + "]");
      known.learn(text + "]", true);
      assertThat(known.addedTo(text + "\n]")).isEqualTo("[]");
    }
  }

  @Test
  void aTextThatDiffersSomewhereBeforeIsNot() {
    Known known = new Known();
    known.learn("[" + message(1) + "," + message(7) + "]", false);

    assertThat(known.addedTo("[" + message(2) + "," + message(7) + "," + message(8) + "]"))
        .isEmpty();
    assertThat(known.addedTo("[" + message(1) + "]")).isEmpty();
    assertThat(known.addedTo("")).isEmpty();
  }

  @Test
  void aConversationIsFoundAgainByItsBeginningOrByItsEnd() {
    Known known = new Known();
    known.learn(turns(0, 40));

    assertThat(known.prefix(turns(0, 44))).isEqualTo(40);
    assertThat(known.prefix(turns(1, 44))).isZero();
    assertThat(known.overlap(turns(30, 44))).isEqualTo(10);
    assertThat(known.overlap(turns(39, 44))).isZero();
    assertThat(known.overlap(turns(50, 60))).isZero();
  }

  @Test
  void growingTurnByTurnIsLearningItAtOnce() {
    Known grown = new Known();
    grown.learn(turns(0, 3));
    for (int i = 3; i < 50; i++) {
      grown.grow(turns(i, i + 1).from(0));
    }

    assertThat(grown.prefix(turns(0, 55))).isEqualTo(50);
    assertThat(grown.overlap(turns(45, 55))).isEqualTo(5);
  }

  private static Turns turns(int from, int to) {
    List<String> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      messages.add(message(i));
    }
    return Turns.of(TurnReader.read("[" + String.join(",", messages) + "]"));
  }

  private static String message(int number) {
    return "{\"role\":\"user\",\"content\":\"message %d of many\"}".formatted(number);
  }
}
