// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {
  private long nanos;
  private final OpenQuestions<Question> open = new OpenQuestions<>(() -> nanos);

  private record Question(String name) implements AutoCloseable {
    @Override
    public void close() {
      // There is nothing to give back.
    }
  }

  @Test
  void whoeverFillsItGivesUpItsOwn() {
    keep("quiet", "one");
    List<Question> over = new ArrayList<>();
    for (int i = 0; i < 2 * OpenQuestions.OF_ONE_MAX; i++) {
      over.addAll(keep("loud", "q" + i));
    }

    assertThat(over).hasSize(OpenQuestions.OF_ONE_MAX);
    assertThat(over).extracting(Question::name).first().isEqualTo("q0");
    assertThat(open.look(new OpenQuestions.Key("quiet", "one"))).isPresent();
    assertThat(open.look(new OpenQuestions.Key("loud", "q0"))).isEmpty();
    assertThat(open.look(new OpenQuestions.Key("loud", "q" + (2 * OpenQuestions.OF_ONE_MAX - 1))))
        .isPresent();
  }

  @Test
  void placesThatBecomeFreeMayBeTakenAgain() {
    for (int i = 0; i < 3 * OpenQuestions.OF_ONE_MAX; i++) {
      assertThat(keep("loud", "q" + i)).isEmpty();
      assertThat(open.take(new OpenQuestions.Key("loud", "q" + i))).isPresent();
    }
  }

  @Test
  void thereIsALimitForAllTogether() {
    int over = 0;
    for (int i = 0; i <= OpenQuestions.MAX; i++) {
      over += keep("owner" + i % 100, "q" + i).size();
    }
    assertThat(over).isEqualTo(1);
  }

  @Test
  void oneThatIsKeptAnewIsNotOverdueBeforeItsTime() {
    keep("a", "first");
    nanos = Duration.ofMinutes(9).toNanos();
    keep("b", "second");
    assertThat(keep("a", "first")).extracting(Question::name).containsExactly("first");
    assertThat(open.anyOverdue()).isFalse();

    nanos = Duration.ofMinutes(19).toNanos();
    assertThat(open.anyOverdue()).isTrue();
    assertThat(open.overdue()).extracting(Question::name).containsExactly("second", "first");
    assertThat(open.anyOverdue()).isFalse();
    assertThat(open.overdue()).isEmpty();
  }

  private List<Question> keep(String owner, String name) {
    return open.keep(new OpenQuestions.Key(owner, name), new Question(name));
  }
}
