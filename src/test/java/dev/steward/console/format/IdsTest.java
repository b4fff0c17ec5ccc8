// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdsTest {
  @ParameterizedTest
  @CsvSource({
    "sha256:664f096f75001c2d3e4f,664f096f7500",
    "664f096f75001c2d3e4f,664f096f7500",
    "664f096f7500,664f096f7500",
    "664f096,664f096",
    "v7,v7",
    "2026-11-22-nightly,2026-11-22-nightly"
  })
  void aVersionIsItsFirstTwelveCharacters(String version, String shown) {
    assertThat(Ids.version(version)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "execute_tool refund,tool refund",
    "invoke_agent support,agent support",
    "chat gpt-5,chat gpt-5",
    "execute_tool,execute_tool",
    "review second-look,review second-look"
  })
  void aStepIsNamedInWords(String name, String words) {
    assertThat(StepName.words(name)).isEqualTo(words);
  }
}
