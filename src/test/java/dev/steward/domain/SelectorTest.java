// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
  private static final Subject CALL =
      new Subject(
          "refunds",
          "abc0",
          "production",
          "claims",
          "run-1",
          "conversation,1",
          "task-1",
          Map.of("team", "support"),
          "openai",
          "gpt-5",
          "payments/refund");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "everything",
        "agent=refunds",
        "agent=refunds,environment=production",
        "run=run-1",
        "conversation=conversation,1,agent=refunds",
        "version=abc0",
        "label.team=support",
        "model=gpt-5,provider=openai",
        "tool=payments/refund",
        "tool=payments",
        "workflow=claims, task=task-1"
      })
  void matchesWhatHasAllThatItNames(String text) {
    assertThat(Selector.parse(text).matches(CALL)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agent=refund",
        "agent=refunds,environment=staging",
        "label.team=sales",
        "label.tier=support",
        "tool=pay",
        "tool=payments/refund2",
        "version=abc"
      })
  void matchesNothingElse(String text) {
    assertThat(Selector.parse(text).matches(CALL)).isFalse();
  }

  @Test
  void whatIsNotKnownOfACallMatchesNothing() {
    assertThat(Selector.run("run-1").matches(Subject.NOBODY)).isFalse();
    assertThat(Selector.EVERYTHING.matches(Subject.NOBODY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "refunds", "agent=", "agnet=refunds", "agent=a,agent=b", "label.=x", "=x"})
  void sayingNothingOrSomethingUnknownIsRefused(String text) {
    assertThatThrownBy(() -> Selector.parse(text))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("write everything, or one or more of run, conversation");
  }

  @Test
  void everythingMustBeSaid() {
    assertThatThrownBy(() -> Selector.of(Map.of())).hasMessageContaining("it names nothing");
    assertThatThrownBy(() -> Selector.of(Map.of("everything", "true", "agent", "a")))
        .hasMessageContaining("stands alone");
    assertThat(Selector.of(Map.of("everything", "true"))).isEqualTo(Selector.EVERYTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "agent=refunds,environment=production,label.team=support"})
  void readsWhatItWrites(String text) {
    Selector selector = Selector.parse(text);

    assertThat(selector).hasToString(text);
    assertThat(Selector.of(selector.words())).isEqualTo(selector);
    assertThat(Selector.parse(selector.toString())).isEqualTo(selector);
  }

  @Test
  void saysPlainlyWhatItMeans() {
    assertThat(Selector.parse("agent=refunds,environment=production").plainly())
        .isEqualTo("agent refunds in production");
    assertThat(Selector.parse("environment=production").plainly())
        .isEqualTo("everything in production");
    assertThat(Selector.parse("label.team=support,model=gpt-5").plainly())
        .isEqualTo("model gpt-5, label team=support");
    assertThat(Selector.EVERYTHING.plainly()).isEqualTo("everything");
  }
}
