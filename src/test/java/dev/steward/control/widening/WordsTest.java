// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void whatNarrowsNeverEndsTheSearchForWhatWidens() {
    Words words = new Words();
    for (int i = 0; i < 2_000; i++) {
      words.narrows("less of " + i);
    }
    assertThat(words.full()).isFalse();
    assertThat(words.narrows()).hasSizeLessThan(2_000);

    for (int i = 0; i < 2_000 && !words.full(); i++) {
      words.widens("more of " + i);
    }
    assertThat(words.full()).isTrue();
  }
}
