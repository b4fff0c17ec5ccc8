// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class DigestPropertyTest {
  @Property
  void readsWhatItWrites(@ForAll @Size(32) byte[] raw) {
    Digest digest = Digest.ofRaw(raw);
    assertThat(digest.hex()).isEqualTo(HexFormat.of().formatHex(raw));
    assertThat(new Digest(digest.hex())).isEqualTo(digest);
    assertThat(digest.bytes()).isEqualTo(raw);
  }

  @Property
  void hasTheOrderOfItsHex(@ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other) {
    Digest digest = Digest.ofRaw(one);
    Digest second = Digest.ofRaw(other);
    assertThat(Integer.signum(digest.compareTo(second)))
        .isEqualTo(Integer.signum(digest.hex().compareTo(second.hex())));
  }

  @Property
  void refusesWhatIsNoHash(@ForAll String text) {
    assertThatThrownBy(() -> new Digest(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 64 lower-case hex characters");
  }
}
