// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {
  @Test
  void onlyWhatDiffersFromThePageIsTaken() {
    Shown shown = Shown.fresh();
    shown.takes("a", "one");
    shown.takes("b", "two");

    Shown back = back(shown.token());

    assertThat(back.known()).isTrue();
    assertThat(back.takes("a", "one")).isFalse();
    assertThat(back.takes("b", "other")).isTrue();
    assertThat(back.takes("b", "other")).isFalse();
    assertThat(back.counts(0)).isFalse();
    assertThat(back.counts(3)).isTrue();
  }

  @Test
  void whatCameAndWhatWentAreBothApart() {
    Shown shown = Shown.fresh();
    shown.takes("a", "one");
    shown.takes("b", "two");

    Shown back = back(shown.token());

    assertThat(back.apart(List.of("b", "a"))).isZero();
    assertThat(back.apart(List.of("b", "c", "d"))).isEqualTo(3);
    assertThat(back.has("a")).isTrue();
    assertThat(back.has("c")).isFalse();
  }

  @Test
  void tokensOfSeveralPartsAreReadTogetherAndTheLaterCounts() {
    Shown first = Shown.fresh();
    first.takes("a", "one");
    Shown second = Shown.fresh();
    second.takes("b", "two");
    second.takes("a", "later");

    Shown back = back(first.token() + "." + second.token());

    assertThat(back.takes("a", "later")).isFalse();
    assertThat(back.takes("b", "two")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "v1", "vAAAAAAA", "v.x", "v../", "v=", "vAAAAAAAA.."})
  void whatIsNoTokenSaysNothing(String token) {
    Shown back = back(token);
    assertThat(back.known()).isFalse();
    assertThat(back.has("a")).isTrue();
    assertThat(back.takes("a", "one")).isTrue();
    assertThat(back.apart(List.of("a"))).isZero();
    back.looked();
    assertThat(back.has("b")).isFalse();
    assertThat(back.apart(List.of("a", "b"))).isEqualTo(1);
  }

  @Test
  void withoutAWordOfThePageAllOfItDiffers() {
    assertThat(Shown.of(PageRequest.get("/live/now", Map.of(), reader(), "")).known()).isFalse();
  }

  @Test
  void whatDoesNotFitIntoAnAddressHasNoToken() {
    Shown shown = Shown.fresh();
    for (int i = 1; i < Shown.PARTS_MAX; i++) {
      shown.takes("part " + i, i);
    }
    assertThat(shown.token()).hasSizeLessThan(3_600);
    assertThat(shown.in("/live/now")).isEqualTo("/live/now?shown=" + shown.token());
    shown.takes("one more", "");
    assertThat(shown.token()).isEmpty();
    assertThat(shown.in("/live/now?a=b")).isEqualTo("/live/now?a=b");
  }

  @Property(tries = 200)
  void aTokenComesBackAsItWent(@ForAll @Size(max = 30) Map<String, Integer> parts) {
    Shown shown = Shown.fresh();
    parts.forEach(shown::takes);
    Shown back = back(shown.token());
    parts.forEach((part, value) -> assertThat(back.takes(part, value)).isFalse());
  }

  private static Shown back(String token) {
    return Shown.of(
        PageRequest.get("/live/now", Map.of(Shown.PARAMETER, token), reader(), "token"));
  }

  private static Reader reader() {
    return dev.steward.console.stage.Stage.OPERATOR;
  }
}
