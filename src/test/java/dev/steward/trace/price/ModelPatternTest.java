// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPatternTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4o, true",
    "GPT-4o, gpt-4o, true",
    "gpt-4o, gpt-4o-mini, false",
    "gpt-4o*, gpt-4o, true",
    "gpt-4o*, gpt-4o-mini, true",
    "*claude*, us.anthropic.claude-x, true",
    "*-flash, gemini-flash, true",
    "*-flash, gemini-flash-lite, false",
    "a*b*c, a-b-c, true",
    "a*b*c, a-c-b, false",
    "a*a, a, false",
    "a*bc*cd, abcd, false",
    "/^o[134]/, o3-mini, true",
    "/^o[134]/, gpt-o3, false",
    "mistral* && *large*, mistral-large-2, true",
    "mistral* && *large*, mistral-small-2, false",
    "x* && /\\d$/, x-1, true"
  })
  void matches(String pattern, String name, boolean want) {
    assertThat(ModelPattern.of(pattern).matches(name)).isEqualTo(want);
  }

  /// An engine that tries again would take longer than the sun lasts.
  @ParameterizedTest
  @ValueSource(strings = {"/^(a+)+$/", "/^(a|aa)+$/", "/^(.*a){20}$/", "/^(a|b|ab)*c$/"})
  void noExpressionTakesLongerThanTheNameIsLong(String pattern) {
    assertThat(ModelPattern.of(pattern).matches("a".repeat(190) + "!")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/^(a)\\1$/", "/^(?!gpt)/", "/(?<=x)y/"})
  void whatCannotBeBoundedIsRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelPattern.of(pattern))
        .withMessageContaining("bounded");
  }
}
