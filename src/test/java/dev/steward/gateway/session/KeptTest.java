// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTest {
  private static final int OF_ONE = 5;
  private static final int ALL = 20;
  private static final long LONG = 1_000;

  private long now;
  private final Kept<String> kept =
      new Kept<>(new Kept.Limits(ALL, OF_ONE, 10 * LONG, 4 * LONG), () -> now);

  @Test
  void whoeverFillsItGivesUpItsOwn() {
    keep("quiet", "one", 1, 10);
    List<String> over = new ArrayList<>();
    for (int i = 0; i < 2 * OF_ONE; i++) {
      over.addAll(keep("loud", "q" + i, 1, 10));
    }

    assertThat(over).containsExactly("q0", "q1", "q2", "q3", "q4");
    assertThat(look("quiet", "one")).isTrue();
    assertThat(look("loud", "q4")).isFalse();
    assertThat(look("loud", "q5")).isTrue();
  }

  @Test
  void placesThatBecomeFreeMayBeTakenAgain() {
    for (int i = 0; i < 3 * OF_ONE; i++) {
      assertThat(keep("loud", "q" + i, LONG, 10)).isEmpty();
      assertThat(kept.take(key("loud", "q" + i))).contains("q" + i);
    }
  }

  @Test
  void thereIsALimitForAllTogether() {
    List<String> over = new ArrayList<>();
    for (int i = 0; i <= ALL; i++) {
      over.addAll(keep("owner" + i, "q" + i, 1, 10));
    }
    assertThat(over).containsExactly("q0");
  }

  @Test
  void lengthCountsToo() {
    for (int i = 0; i < 4; i++) {
      assertThat(keep("loud", "q" + i, LONG, 10)).isEmpty();
    }
    assertThat(keep("loud", "q4", 2 * LONG, 10)).containsExactly("q0", "q1");
    assertThat(keep("other", "o", 4 * LONG, 10)).isEmpty();
    assertThat(keep("third", "t", 4 * LONG, 10)).containsExactly("q2", "q3");
    assertThat(keep("third", "huge", 100 * LONG, 10)).contains("t", "q4", "o");
    assertThat(look("third", "huge")).as("the newest stays").isTrue();
  }

  @Test
  void whatGrowsTakesTheRoomOfOthers() {
    keep("a", "first", LONG, 10);
    keep("a", "second", LONG, 10);

    assertThat(kept.grew(key("a", "first"), 4 * LONG)).containsExactly("second");
    assertThat(look("a", "first")).isTrue();
    assertThat(kept.grew(key("a", "second"), LONG)).isEmpty();
    assertThat(look("a", "second")).isFalse();
  }

  @Test
  void whatHasWaitedTooLongIsGivenUpWhateverItsPlace() {
    keep("a", "long", 1, 100);
    keep("a", "short", 1, 10);
    assertThat(kept.anyOverdue()).isFalse();

    now = 10;

    assertThat(look("a", "short")).isFalse();
    assertThat(kept.anyOverdue()).isTrue();
    assertThat(kept.overdue()).containsExactly("short");
    assertThat(kept.anyOverdue()).isFalse();
    now = 100;
    assertThat(keep("b", "next", 1, 200)).containsExactly("long");
  }

  @Test
  void whatIsKeptAnewOrRenewedHasItsTimeAnew() {
    keep("a", "first", 1, 10);
    keep("a", "second", 1, 10);
    assertThat(keep("a", "first", 1, 20)).containsExactly("first");
    assertThat(kept.renew(key("a", "second"), 30)).contains("second");

    now = 19;
    assertThat(kept.overdue()).isEmpty();
    now = 20;
    assertThat(kept.overdue()).containsExactly("first");
    assertThat(kept.renew(key("a", "first"), 40)).isEmpty();
    now = 30;
    assertThat(kept.overdue()).containsExactly("second");
  }

  private List<String> keep(String owner, String name, long length, long until) {
    return kept.keep(key(owner, name), name, length, until);
  }

  private boolean look(String owner, String name) {
    return kept.look(key(owner, name)).isPresent();
  }

  private static Kept.Key key(String owner, String name) {
    return new Kept.Key(owner, name);
  }
}
