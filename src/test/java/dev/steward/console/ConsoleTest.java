// SPDX-License-Identifier: Apache-2.0
package dev.steward.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.domain.ApiException;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T03:12:40Z"));
  private static Stage stage;

  @BeforeAll
  static void setUp() {
    stage = Stage.full(CLOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fleet", "/runs", "/ledger", "/ledger/3", "/ingest"})
  void everyPageAnswersWithAHeadingAndNoInlineCode(String path) {
    String html = stage.html(path, Stage.OPERATOR);
    assertThat(html)
        .containsOnlyOnce("<h1>")
        .contains("<main id=\"main\"")
        .startsWith("<!doctype html>")
        .endsWith("</html>");
    assertNothingInline(html);
  }

  @Test
  void everyViewOfEveryStoryAnswersWithoutInlineCode() {
    for (String agent : new String[] {"refunds", "claims", "research", "notes", "pricing-poc"}) {
      String id = run(agent).id();
      for (String view : new String[] {"", "/waterfall", "/raw"}) {
        assertNothingInline(stage.html("/runs/" + id + view, Stage.OPERATOR));
      }
    }
  }

  @Test
  void whatAgentsSayIsAlwaysText() {
    String html = stage.html("/runs/" + run("pricing-poc").id(), Stage.OPERATOR);
    assertThat(html)
        .contains("&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("<img")
        .doesNotContain("<script>");
  }

  @Test
  void whoMayNotReadContentSeesNoneOfIt() {
    Run run = run("refunds");
    for (String view : new String[] {"", "/waterfall", "/raw"}) {
      String html = stage.html("/runs/" + run.id() + view, Stage.VIEWER);
      assertThat(html)
          .contains("You may not read what was said")
          .doesNotContain("espresso")
          .doesNotContain("W8842163")
          .doesNotContain("free text of the agent");
    }
    assertThat(stage.html("/runs", Stage.VIEWER))
        .doesNotContain("espresso")
        .doesNotContain("name=\"q\" value");
    String span = stage.store.spans(run.traceId()).get(1).key().spanId();
    assertThat(stage.html("/runs/" + run.id() + "/steps/" + span + "/detail", Stage.VIEWER))
        .contains("gpt-5")
        .contains("hidden")
        .doesNotContain("free text of the agent");
  }

  @Test
  void whoMayNotReadContentCannotSearchInIt() {
    String all = stage.html("/runs", Stage.VIEWER);
    String searched = html(stage.get("/runs", Map.of("q", "espresso"), Stage.VIEWER));
    assertThat(count(searched, "data-href")).isEqualTo(count(all, "data-href"));
    String found = html(stage.get("/runs", Map.of("q", "espresso"), Stage.OPERATOR));
    assertThat(count(found, "data-href")).isEqualTo(1);
  }

  @Test
  void whoIsBoundToATeamSeesThatTeamOnly() {
    Reader bound =
        new Reader(
            Actor.person("p-priya"),
            "Priya Nair",
            (permission, target) ->
                (permission == Permission.READ || permission == Permission.READ_CONTENT)
                    && target.team().equals("claims"));
    assertThat(stage.html("/fleet", bound)).contains("letters").doesNotContain("refunds");
    assertThat(stage.html("/runs", bound)).contains("data-href").doesNotContain("refunds");
    assertThat(html(stage.get("/runs", Map.of("agent", "refunds"), bound)))
        .doesNotContain("data-href");
    String foreign = "/runs/" + run("refunds").id();
    for (String path : new String[] {foreign, foreign + "/waterfall.json", foreign + "/raw"}) {
      PageResponse.Html page = (PageResponse.Html) stage.get(path, Map.of(), bound);
      assertThat(page.status()).isEqualTo(404);
    }
    for (String path : new String[] {"/ledger", "/ledger/1", "/ingest"}) {
      PageResponse.Html page = (PageResponse.Html) stage.get(path, Map.of(), bound);
      assertThat(page.status()).isEqualTo(403);
    }
    assertThat(stage.console.live(PageRequest.get("/live" + foreign, Map.of(), bound, "")))
        .isEmpty();
  }

  @Test
  void aPageSaysInWhichZoneItsTimesAre() {
    Map<String, String> cookies = Map.of("zone", "Asia/Tokyo!");
    PageRequest request =
        new PageRequest(
            "GET", "/runs", Map.of(), Map.of(), Stage.OPERATOR, "token", cookies, false);
    assertThat(html(stage.console.handle(request)))
        .contains("data-zone=\"Asia/Tokyo\"", "Times on this page are in Asia/Tokyo.", " JST");
    assertThat(stage.html("/runs", Stage.OPERATOR)).contains("data-zone=\"UTC\"", " UTC");
  }

  @Test
  void unknownCostIsShownAsUnknown() {
    String fleet = stage.html("/fleet", Stage.OPERATOR);
    assertThat(fleet).contains("≥ 0.000310").contains("whose cost is unknown");
    assertThat(stage.html("/runs/" + run("claims").id(), Stage.OPERATOR))
        .contains("<span>Unknown</span>", "0 of 2 model calls priced");
  }

  @Test
  void withoutAReaderThereIsOnlyTheLogin() {
    PageRequest request =
        new PageRequest(
            "GET", "/runs", Map.of("agent", "a b"), Map.of(), null, "", Map.of(), false);
    assertThat(stage.console.handle(request))
        .isEqualTo(new PageResponse.Redirect("/login?next=%2Fruns%3Fagent%3Da%2520b"));
    assertThat(stage.console.live(request.withQuery(Map.of()))).isEmpty();
    String login =
        html(
            stage.console.handle(
                new PageRequest(
                    "GET",
                    "/login",
                    Map.of("next", "//evil.example"),
                    Map.of(),
                    null,
                    "",
                    Map.of(),
                    false)));
    assertThat(login).contains("name=\"next\" value=\"/\"");
  }

  @Test
  void aFormWithoutTheSessionsTokenDoesNothing() {
    Stage own = Stage.empty(CLOCK);
    own.ingest.letter("letter-1", 2, "unreadable", CLOCK.instant());
    PageResponse refused =
        post(own, Stage.OPERATOR, "/ingest/dead-letters/drop", Map.of("shown-letter-1", "on"));
    assertThat(((PageResponse.Html) refused).status()).isEqualTo(403);
    Map<String, String> form = Map.of("shown-letter-1", "on", "csrf", "token-of-session");
    PageResponse forbidden = post(own, Stage.VIEWER, "/ingest/dead-letters/drop", form);
    assertThat(((PageResponse.Html) forbidden).status()).isEqualTo(403);
    assertThat(own.ingest.done).isEmpty();
    assertThat(post(own, Stage.OPERATOR, "/ingest/dead-letters/drop", form))
        .isEqualTo(new PageResponse.Redirect("/ingest?dropped=1"));
    assertThat(own.ingest.done).containsExactly("drop [letter-1] by person:p-dana");
  }

  @Test
  void tickedLettersAreRetriedAlone() {
    Stage own = Stage.empty(CLOCK);
    own.ingest.letter("a", 2, "unreadable", CLOCK.instant());
    own.ingest.letter("b", 2, "unreadable", CLOCK.instant());
    Map<String, String> form =
        Map.of("letter-b", "on", "shown-a", "on", "csrf", "token-of-session");
    post(own, Stage.OPERATOR, "/ingest/dead-letters/retry", form);
    assertThat(own.ingest.done).containsExactly("retry [b] by person:p-dana");
  }

  @Test
  void lettersThatCameAfterThePageAreNotDroppedWithIt() {
    Stage own = Stage.empty(CLOCK);
    own.ingest.letter("a", 2, "unreadable", CLOCK.instant());
    own.ingest.letter("b", 2, "unreadable", CLOCK.instant());
    Map<String, String> form = Map.of("shown-a", "on", "csrf", "token-of-session");
    post(own, Stage.OPERATOR, "/ingest/dead-letters/drop", form);
    assertThat(own.ingest.done).containsExactly("drop [a] by person:p-dana");
  }

  @Test
  void failuresSayCausePlaceAndRemedy() {
    PageResponse.Html missing =
        (PageResponse.Html) stage.get("/runs/abc", Map.of(), Stage.OPERATOR);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.body()).contains("No run has the id abc.", "/runs/abc", "Check the id.");
    PageResponse.Html cursor =
        (PageResponse.Html) stage.get("/runs", Map.of("cursor", "nonsense"), Stage.OPERATOR);
    assertThat(cursor.status()).isEqualTo(400);
  }

  @Test
  void theSearchGoesStraightToARunOrAnAgent() {
    String id = run("refunds").id();
    assertThat(stage.get("/search", Map.of("q", id), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/runs/" + id));
    assertThat(stage.get("/search", Map.of("q", "claims"), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/agents/claims"));
    assertThat(stage.get("/search", Map.of("q", "cracked boiler"), Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/runs?q=cracked%20boiler"));
  }

  @Test
  void theThemeOfTheAddressIsKept() {
    PageResponse.Html page =
        (PageResponse.Html) stage.get("/fleet", Map.of("theme", "dark"), Stage.OPERATOR);
    assertThat(page.body()).contains("data-theme=\"dark\"");
    assertThat(page.headers().get("Set-Cookie")).startsWith("theme=dark;");
    assertThat(html(stage.get("/fleet", Map.of("theme", "<b>"), Stage.OPERATOR)))
        .doesNotContain("data-theme=");
  }

  @Test
  void anEmptyServerSaysWhatToDoNext() {
    String html = Stage.empty(CLOCK).html("/fleet", Stage.OPERATOR);
    assertThat(html).contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318");
  }

  @Test
  void pagesThatFollowStandBehindACursor() {
    String first = stage.html("/runs", Stage.OPERATOR);
    Matcher next = Pattern.compile("href=\"/runs\\?cursor=([^\"&]+)\" rel=\"next\"").matcher(first);
    assertThat(next.find()).isTrue();
    String cursor =
        java.net.URLDecoder.decode(next.group(1), java.nio.charset.StandardCharsets.UTF_8);
    String second = html(stage.get("/runs", Map.of("cursor", cursor), Stage.OPERATOR));
    assertThat(rows(second)).isNotEmpty().doesNotContainAnyElementsOf(rows(first));
    assertThat(second).contains("Newest").doesNotContain("data-live=\"");
  }

  private static java.util.List<String> rows(String html) {
    return Pattern.compile("data-href=\"([^\"]+)\"")
        .matcher(html)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static PageResponse post(Stage on, Reader reader, String path, Map<String, String> form) {
    return on.console.handle(
        new PageRequest("POST", path, Map.of(), form, reader, "token-of-session", Map.of(), false));
  }

  private static Run run(String agent) {
    Stream<Run> newest = stage.store.runs(RunQuery.newest(500)).items().stream();
    return newest
        .filter(run ->
            run.agent().equals(agent) && run.startedAt().isAfter(CLOCK.instant().minusSeconds(800)))
        .filter(run -> agent.equals("pricing-poc") || run.spans() != 4 || agent.equals("claims"))
        .max(java.util.Comparator.comparing(Run::errors).thenComparing(Run::spans))
        .orElseThrow(() -> new ApiException(dev.steward.domain.ErrorCode.NOT_FOUND, agent));
  }

  private static String html(PageResponse response) {
    return ((PageResponse.Html) response).body();
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static void assertNothingInline(String html) {
    assertThat(html)
        .doesNotContainPattern("<[^>]+\\sstyle=")
        .doesNotContainPattern("<[^>]+\\son[a-z]+=")
        .doesNotContainPattern("<script(?![^>]*\\ssrc=\"/static/)")
        .doesNotContain("javascript:")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
  }
}
