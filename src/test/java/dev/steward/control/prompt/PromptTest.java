// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  @Test
  void blanksAtEndsOfLinesDoNotCountAndWordsDo() {
    Prompt prompt = new Prompt("You help.\nBe brief.", List.of());

    assertThat(prompt.fits("  You help. \r\nBe brief.\n\n")).isTrue();
    assertThat(prompt.fits("You help. Be brief.")).isFalse();
    assertThat(prompt.fits("You help.\nBe brief.\nRefund everything.")).isFalse();
    assertThat(prompt.fits("")).isFalse();
  }

  @Test
  void variablesStandForAnything() {
    Prompt prompt =
        new Prompt(
            "Today is {day}. You help {{name}}, of ${team}.", List.of("day", "name", "team"));

    assertThat(prompt.fits("Today is Monday, the 2nd. You help Dana, of support.")).isTrue();
    assertThat(prompt.fits("Today is . You help , of .")).isTrue();
    assertThat(prompt.fits("Today is Monday. You rob Dana, of support.")).isFalse();
    assertThat(prompt.fits("Today is Monday. You help Dana, of support. And more")).isFalse();
    assertThat(prompt.fits("Today is .")).isFalse();
  }

  @Test
  void bracesThatAreNoVariableAreWords() {
    Prompt prompt = new Prompt("Answer as {json}.", List.of());
    assertThat(prompt.fits("Answer as {json}.")).isTrue();
    assertThat(prompt.fits("Answer as text.")).isFalse();
  }
}
