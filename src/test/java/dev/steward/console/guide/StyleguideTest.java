// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StyleguideTest {
  private final Stage stage = Stage.empty(InstantSource.system());

  @Test
  void showsEveryComponentToAnybodyWhoIsLoggedIn() {
    String page = stage.html("/styleguide", Stage.VIEWER);
    assertThat(page)
        .contains("class=\"chart\"")
        .contains("class=\"diff\"")
        .contains("class=\"empty\"")
        .contains("data-deed")
        .contains("id=\"confirm\"")
        .contains("aria-sort=\"descending\"")
        .contains("≥ 34.7")
        .contains("class=\"jumps\"")
        .contains("class=\"answers\"")
        .contains("<article class=\"step tool in-1 failed\"")
        .contains("class=\"lane\"")
        .contains("It would widen:")
        .contains("aria-current=\"step\"")
        .doesNotContain("style=\"")
        .doesNotContain("<script>");
  }

  @Test
  void aDeedNamesItsObjectItsConsequenceAndAsksForAReason() {
    assertThat(stage.html("/styleguide", Stage.OPERATOR))
        .contains("Revoke the key of refunds?")
        .contains("Its next span is refused.")
        .contains("name=\"reason\" required")
        .contains("value=\"token-of-session\"");
  }
}
