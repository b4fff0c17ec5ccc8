// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RateTest {
  @Test
  void agreesWithTheTextbook() {
    // Newcombe 1998, table I, method 3: 81/263 gives 0.2553 to 0.3662, 15/148 gives 0.0624 to
    // 0.1605
    assertThat(new Rate(81, 263).interval()).isEqualTo("25.5–36.6");
    assertThat(new Rate(15, 148).interval()).isEqualTo("6.2–16.0");
  }

  @Test
  void staysWithinZeroAndAHundred() {
    assertThat(new Rate(20, 20).interval()).isEqualTo("83.9–100");
    assertThat(new Rate(0, 20).interval()).isEqualTo("0–16.1");
    assertThat(new Rate(20, 20).percent()).isEqualTo("100 %");
  }

  @Test
  void isUnknownWithoutASample() {
    assertThat(new Rate(0, 0).known()).isFalse();
    assertThatThrownBy(() -> new Rate(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
