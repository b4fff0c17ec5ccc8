// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
  @Test
  void entriesStandBehindTheirLength() {
    byte[] bundle = EntryBundle.encode(List.of(new byte[0], new byte[] {1, 2, 3}));

    assertThat(bundle).isEqualTo(HexFormat.of().parseHex("00000003010203"));
  }

  @Test
  void theLongestEntrySurvives() {
    byte[] longest = new byte[65_535];
    Arrays.fill(longest, (byte) 7);

    List<byte[]> entries = EntryBundle.decode(EntryBundle.encode(List.of(longest, longest)));

    assertThat(entries).hasSize(2).allSatisfy(entry -> assertThat(entry).isEqualTo(longest));
    assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBundleThatIsCutOffIsRefused() {
    byte[] bundle = EntryBundle.encode(List.of(new byte[] {1, 2, 3}));

    for (int length = 1; length < bundle.length; length++) {
      byte[] cut = Arrays.copyOf(bundle, length);
      assertThatThrownBy(() -> EntryBundle.decode(cut)).hasMessageContaining("cut off");
    }
  }
}
