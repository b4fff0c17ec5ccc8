// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.server.access.Need;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final Router router =
      new Router(
          List.of(
              route("GET", "/api/runs"),
              route("GET", "/api/runs/{id}"),
              route("POST", "/api/runs/{id}/outcome"),
              route("GET", "/api/runs/newest"),
              route("GET", "/log/{log}/checkpoint"),
              route("GET", "/log/{log}/{tile...}"),
              route("GET", "/{page...}")));

  @Test
  void aLiteralGoesBeforeAName() {
    assertThat(path("/api/runs/newest")).isEqualTo("/api/runs/newest");
    assertThat(path("/api/runs/0a1b")).isEqualTo("/api/runs/{id}");
  }

  @Test
  void namedPartsAreGiven() {
    assertThat(router.find("POST", "/api/runs/0a1b/outcome").orElseThrow().parameters())
        .isEqualTo(Map.of("id", "0a1b"));
  }

  @Test
  void aTailTakesTheRestOfThePath() {
    assertThat(router.find("GET", "/log/control/tile/0/x001/067").orElseThrow().parameters())
        .isEqualTo(Map.of("log", "control", "tile", "tile/0/x001/067"));
    assertThat(path("/log/control/checkpoint")).isEqualTo("/log/{log}/checkpoint");
  }

  @Test
  void whatHasNoRouteOfItsOwnFallsThroughToTheOuterTail() {
    assertThat(path("/")).isEqualTo("/{page...}");
    assertThat(path("/fleet")).isEqualTo("/{page...}");
    assertThat(path("/api/other/thing")).isEqualTo("/{page...}");
  }

  @Test
  void headIsAnsweredAsGet() {
    assertThat(router.find("HEAD", "/api/runs")).isPresent();
  }

  @Test
  void aPathTellsItsMethods() {
    assertThat(router.find("DELETE", "/api/runs")).isEmpty();
    assertThat(router.methods("/api/runs")).containsExactly("GET");
    assertThat(router.methods("/api/runs/1/outcome")).containsExactly("POST");
  }

  @Test
  void twoRoutesForTheSameAreRefused() {
    assertThatThrownBy(() -> new Router(List.of(route("GET", "/a"), route("GET", "/a"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Router(List.of(route("GET", "/{a}/x"), route("GET", "/{b}/y"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String path(String path) {
    return router.find("GET", path).orElseThrow().route().path();
  }

  private static Route route(String method, String path) {
    return Route.plain(method, path, Need.NOTHING, exchange -> Reply.nothing());
  }
}
