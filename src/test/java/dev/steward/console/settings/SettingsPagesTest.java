// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.control.state.ApiToken;
import dev.steward.control.state.LegalHold;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsPagesTest {
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Steward", (_, _) -> true);

  private final Stage stage = Stage.empty(InstantSource.system());

  @Test
  void aTokenIsShownOnceAndRevokedWithAReason() {
    String issued =
        body(
            post(
                "/settings/tokens/issue",
                Map.of(
                    "person", "", "purpose", "ci", "role", "viewer", "content", "no", "days",
                    "7")));
    assertThat(issued).contains("shown this once").containsPattern("st-[A-Za-z0-9_-]{43}");
    ApiToken token = stage.control.state().apiTokens().iterator().next();
    assertThat(token.purpose()).isEqualTo("ci");
    assertThat(token.grants().getFirst().content()).isFalse();
    assertThat(token.expiresAt()).isAfter(Instant.now().plusSeconds(6 * 86_400));
    assertThat(stage.html("/settings/tokens", ADMIN))
        .contains("ci")
        .doesNotContainPattern("st-[A-Za-z0-9_-]{43}");

    assertThat(body(post("/settings/tokens/revoke", Map.of("id", token.id(), "reason", "leaked"))))
        .contains("The token was revoked.");
    assertThat(stage.control.state().apiTokenById(token.id()).orElseThrow().revokedAt())
        .isNotNull();
  }

  @Test
  void aHoldIsPlacedAndLifted() {
    post(
        "/settings/holds/place", Map.of("subject", "run", "subjectId", "abc", "reason", "case 14"));
    LegalHold hold = stage.control.state().legalHolds().iterator().next();
    assertThat(hold.subjectId()).isEqualTo("abc");
    assertThat(stage.html("/settings/holds", ADMIN)).contains("case 14").contains("by Steward");
    post("/settings/holds/lift", Map.of("id", hold.id(), "reason", "over"));
    assertThat(stage.control.state().legalHolds()).isEmpty();
  }

  @Test
  void whatControlRefusesIsSaidOnThePageAndChangesNothing() {
    PageResponse.Html page =
        (PageResponse.Html)
            post("/settings/holds/place", Map.of("subject", "run", "subjectId", "abc"));
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("Nothing was changed: ").contains("needs a reason");
    assertThat(stage.control.state().legalHolds()).isEmpty();
  }

  @Test
  void onlyWhatTheReaderMayDoIsOffered() {
    String page = stage.html("/settings", Stage.VIEWER);
    assertThat(page)
        .contains("/settings/people")
        .doesNotContain("/settings/tokens", "/settings/holds", "/settings/server");
    assertThat(stage.get("/settings/tokens", Map.of(), Stage.VIEWER))
        .extracting("status")
        .isEqualTo(403);
    assertThat(stage.html("/settings/keys", Stage.VIEWER)).doesNotContain("Issue a key");
  }

  @Test
  void theThemeAndTheZoneAreKeptInTheBrowser() {
    PageResponse.Html zone =
        (PageResponse.Html) post("/settings/appearance/zone", Map.of("zone", "Europe/Berlin"));
    assertThat(zone.headers().get("Set-Cookie")).startsWith("zone=Europe/Berlin!;");
    PageResponse.Html theme =
        (PageResponse.Html) post("/settings/appearance/theme", Map.of("theme", "x\r\nevil"));
    assertThat(theme.headers().get("Set-Cookie")).startsWith("theme=system;");
    PageResponse.Html wrong =
        (PageResponse.Html) post("/settings/appearance/zone", Map.of("zone", "Mars/Base"));
    assertThat(wrong.status()).isEqualTo(422);
  }

  private PageResponse post(String path, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    return stage.console.handle(
        new PageRequest("POST", path, Map.of(), form, ADMIN, "token", Map.of(), false));
  }

  private static String body(PageResponse response) {
    assertThat(response).isInstanceOf(PageResponse.Html.class);
    return ((PageResponse.Html) response).body();
  }

  @Test
  void theValuesInForceAreShown() {
    assertThat(stage.html("/settings/server", ADMIN)).contains("retention.days").contains("90");
    assertThat(List.of("/settings/providers", "/settings/people"))
        .allSatisfy(path -> assertThat(stage.html(path, ADMIN)).contains("steward apply -f -"));
  }
}
