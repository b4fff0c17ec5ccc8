// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void aConversationComesBeforeAUserAndAUserBeforeARun() {
    assertThat(Assigned.of("c", "u", "r").kind()).isEqualTo(Assigned.Kind.CONVERSATION);
    assertThat(Assigned.of("", "u", "r")).isEqualTo(new Assigned(Assigned.Kind.USER, "u"));
    assertThat(Assigned.of(" ", "", "r")).isEqualTo(new Assigned(Assigned.Kind.RUN, "r"));
  }

  @Test
  void twoSaltsAndTwoKindsAreIndependent() {
    int both = 0;
    int kinds = 0;
    for (int i = 0; i < 10_000; i++) {
      Assigned who = AssignmentPropertyTest.conversation(i);
      boolean one = new Assignment("one").arm(who, 0.5) == Arm.CANARY;
      both += one && new Assignment("two").arm(who, 0.5) == Arm.CANARY ? 1 : 0;
      Assigned user = new Assigned(Assigned.Kind.USER, who.id());
      kinds += one && new Assignment("one").arm(user, 0.5) == Arm.CANARY ? 1 : 0;
    }
    assertThat(both).isBetween(2_300, 2_700);
    assertThat(kinds).isBetween(2_300, 2_700);
  }

  @Test
  void noShareTakesNoOneAndTheWholeTakesAll() {
    for (int i = 0; i < 1_000; i++) {
      Assigned who = AssignmentPropertyTest.conversation(i);
      assertThat(new Assignment("s").arm(who, 0)).isEqualTo(Arm.CONTROL);
      assertThat(new Assignment("s").arm(who, 1)).isEqualTo(Arm.CANARY);
    }
  }

  @Test
  void thePointIsFixedSoThatEveryVersionOfTheServerAgrees() {
    assertThat(new Assignment("salt").point(new Assigned(Assigned.Kind.CONVERSATION, "c-1")))
        .isEqualTo(0.34613448292729554);
  }

  @Test
  void aShareBeyondTheWholeIsRefused() {
    Assigned who = new Assigned(Assigned.Kind.RUN, "r");
    assertThatThrownBy(() -> new Assignment("s").arm(who, 1.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Assignment("s").arm(who, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
