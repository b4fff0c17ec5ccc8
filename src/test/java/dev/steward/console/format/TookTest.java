// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TookTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S,0 ms", "PT0.000011S,11 µs", "PT0.0002S,200 µs", "PT0.00124S,1.2 ms", "PT0.34S,340 ms",
    "PT0.9996S,1.0 s", "PT1.24S,1.2 s", "PT59.94S,59.9 s", "PT59.97S,1 min", "PT6M35S,6 min 35 s",
    "PT3H4M5S,3 h 4 min", "PT53H,2 d 5 h", "PT-3S,0 ms"
  })
  void readsInTheUnitThatFits(Duration duration, String text) {
    assertThat(Took.of(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"PT4.9S,4 s", "PT119S,1 min", "PT2H,2 h", "PT47H,47 h", "PT150H,6 days"})
  void aboutNamesOneUnit(Duration duration, String text) {
    assertThat(Took.about(duration)).isEqualTo(text);
  }
}
