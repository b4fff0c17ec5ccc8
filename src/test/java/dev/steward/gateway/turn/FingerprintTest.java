// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void everyLetterAndEveryPlaceCounts() {
    for (int length : new int[] {1, 16, 19, 20, 21, 22, 23, 400, 16_384, 16_385}) {
      String text = "ab".repeat(length).substring(0, length);
      Set<Long> prints = new HashSet<>();
      prints.add(Fingerprint.of(text));
      assertThat(Fingerprint.of(new String(text))).isIn(prints);
      int step = Math.max(1, length / 200);
      int changed = 0;
      for (int i = 0; i < length; i += step) {
        prints.add(Fingerprint.of(text.substring(0, i) + 'c' + text.substring(i + 1)));
        changed++;
      }
      assertThat(prints).as("of %s letters", length).hasSize(changed + 1);
    }
  }

  @Test
  void partsInAnotherOrderAreAnotherText() {
    String first = "one ".repeat(20);
    String second = "two ".repeat(20);

    assertThat(Fingerprint.of(first + second)).isNotEqualTo(Fingerprint.of(second + first));
    assertThat(Fingerprint.of(first + first)).isNotEqualTo(Fingerprint.of(first));
  }
}
