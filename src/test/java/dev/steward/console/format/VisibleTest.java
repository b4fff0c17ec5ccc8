// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
  @Test
  void overridesAreShownInsteadOfObeyed() {
    assertThat(Visible.of("invoice\u202Egnp.exe\u202C"))
        .isEqualTo("invoice⟨U+202E⟩gnp.exe⟨U+202C⟩");
  }

  @Test
  void controlCharactersBecomeTheirPictures() {
    assertThat(Visible.of("\u001b[31mred\u0000")).isEqualTo("␛[31mred␀");
  }

  @Test
  void lettersOfEveryScriptEmojiTabsAndLinesStay() {
    String text = "שלום عليكم 你好 👩‍👧\n\tok\r\n";
    assertThat(Visible.of(text)).isSameAs(text);
  }
}
