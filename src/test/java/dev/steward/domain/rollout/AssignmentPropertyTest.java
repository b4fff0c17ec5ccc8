// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;

class AssignmentPropertyTest {
  private static final int MANY = 20_000;

  @Property(tries = 20)
  void everyShareIsMetWhateverTheSalt(
      @ForAll @NotBlank @AlphaChars @StringLength(min = 1, max = 20) String salt,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share) {
    Assignment assignment = new Assignment(salt);
    int canary = 0;
    for (int i = 0; i < MANY; i++) {
      canary += assignment.arm(conversation(i), share) == Arm.CANARY ? 1 : 0;
    }
    double spread = Math.sqrt(share * (1 - share) / MANY);
    assertThat((double) canary / MANY).isBetween(share - 5 * spread, share + 5 * spread);
  }

  @Property
  void theSameAlwaysGetsTheSameArm(
      @ForAll @NotBlank @StringLength(min = 1, max = 40) String salt,
      @ForAll @NotBlank @StringLength(min = 1, max = 40) String id,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    Assume.that(!salt.isBlank() && !id.isBlank());
    Assigned who = new Assigned(Assigned.Kind.USER, id);
    assertThat(new Assignment(salt).arm(who, share))
        .isEqualTo(new Assignment(salt).arm(who, share));
  }

  @Property
  void aGreaterShareTakesNoOneOutOfTheCanaryAndMovesNoOneWithAPin(
      @ForAll @NotBlank @StringLength(min = 1, max = 40) String id,
      @ForAll @DoubleRange(min = 0, max = 1) double one,
      @ForAll @DoubleRange(min = 0, max = 1) double other) {
    Assume.that(!id.isBlank());
    Assignment assignment = new Assignment("salt");
    Assigned who = new Assigned(Assigned.Kind.CONVERSATION, id);
    Arm first = assignment.arm(who, Math.min(one, other));
    Arm later = assignment.arm(who, Math.max(one, other));

    assertThat(first == Arm.CANARY && later == Arm.CONTROL).isFalse();
    assertThat(assignment.arm(who, Math.max(one, other), Optional.of(first))).isEqualTo(first);
    assertThat(assignment.arm(who, Math.min(one, other), Optional.of(later))).isEqualTo(later);
  }

  static Assigned conversation(int number) {
    return new Assigned(Assigned.Kind.CONVERSATION, "c-" + number);
  }
}
