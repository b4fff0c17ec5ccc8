// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathBelowTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/a/../b",
        "/a/./b",
        "/%2e%2E/admin",
        "/..%2fadmin",
        "/..%5cadmin",
        "/..\\admin",
        "/..;/admin",
        "/..;x=1/admin",
        "/..%3bx/admin",
        "/a;b%2f..%2fadmin",
        "/%252e%252e/admin",
        "/%25252e./admin",
        "/a%252f..%252fadmin"
      })
  void aPathThatAnyServerReadsAsGoingUpIsRefused(String path) {
    assertThatThrownBy(() -> PathBelow.require(path))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.MALFORMED))
        .hasMessageContaining("goes up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a/b",
        "/a..b/.c/d./...",
        "/100%25/%25zz",
        "/a;v=1/b",
        "/caf%C3%A9",
        "/caf%25C3%25A9",
        "/a%2Fb",
        "/a:b"
      })
  void anyOtherPathPasses(String path) {
    assertThatCode(() -> PathBelow.require(path)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%",
        "/a%2",
        "/%zz/b",
        "/%u002e%u002e/admin",
        "/caf\u00e9",
        "/\uff0e\uff0e/admin",
        "/a b",
        "/a\tb"
      })
  void aPathThatIsNotEncodedAsPathsAreIsRefused(String path) {
    assertThatThrownBy(() -> PathBelow.require(path))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not encoded as paths are");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..%c0%af..%c0%afadmin",
        "/%C0%AE%C0%AE/admin",
        "/%e0%80%af",
        "/%f0%80%80%ae./admin",
        "/%25c0%25ae%25c0%25ae/admin",
        "/caf%E9",
        "/%ed%a0%80"
      })
  void bytesThatAreNoTextAreRefused(String path) {
    assertThatThrownBy(() -> PathBelow.require(path))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.MALFORMED))
        .hasMessageContaining("no text in UTF-8");
  }

  @Test
  void aPathIsNotDecodedWithoutEnd() {
    assertThatThrownBy(() -> PathBelow.require("/%" + "25".repeat(20) + "2e"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("encode it once");
  }

  @Test
  void itIsWhatStandsBehindTwoSegments() {
    assertThat(PathBelow.of("/agents/worker/a%2Fb/c")).isEqualTo("/a%2Fb/c");
    assertThat(PathBelow.of("/agents/worker/")).isEqualTo("/");
    assertThat(PathBelow.of("/agents/worker")).isEmpty();
  }
}
