// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PhraseTest {
  @Property
  void isFoundWhereAPlainSearchFindsIt(
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 6) String words,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 40) String text) {
    assertThat(new Phrase(words).in(text)).isEqualTo(text.contains(words));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longWordsThatNearlyStandEverywhereAreLookedForOnce() {
    String text = "a".repeat(2_000_000);
    assertThat(new Phrase("a".repeat(100_000) + "b").in(text)).isFalse();
    assertThat(new Phrase("b" + "a".repeat(100_000)).in(text)).isFalse();
    assertThat(new Phrase("a".repeat(100_000)).in(text)).isTrue();
  }
}
