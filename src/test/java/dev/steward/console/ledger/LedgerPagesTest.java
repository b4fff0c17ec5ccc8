// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.control.access.Actor;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Concern;
import dev.steward.domain.Digest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:40Z");
  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @Test
  void factsAreToldInPlainWords() {
    stage.ledger.put(NOW, Actor.SYSTEM, new Event.SettingChanged("ingest.require-key", "true"));
    assertThat(text(page(Map.of()))).contains(" Steward ", "set ingest.require-key to true");
  }

  @Test
  void baselinesAndDriftAreToldInPlainWords() {
    Digest record = Digest.of("{}");
    stage.ledger.put(
        NOW,
        Actor.SYSTEM,
        new Event.BaselineLearnt("claims", "production", "undeclared", 1_500, NOW, NOW, record));
    stage.ledger.put(
        NOW,
        Actor.SYSTEM,
        new Event.DriftFound(
            "d-1", "claims", "production", "success", "up", 90, NOW, "91 % against 85 %", record));
    stage.ledger.put(
        NOW,
        Actor.SYSTEM,
        new Event.DriftClosed("d-1", "claims", "production", "success", "up", record));
    stage.ledger.put(NOW, Actor.SYSTEM, new Event.BaselineLetGo("claims", "production", record));

    assertThat(text(page(Map.of())))
        .contains(
            "learnt the baseline of claims in production from 1,500 runs of version undeclared",
            "found that success went up at claims in production: 91 % against 85 %",
            "closed the alarm that success went up at claims in production, for a reason",
            "let go the baseline of claims in production, for a reason");
    assertThat(text(page(Map.of("kind", "Drift", "thing", "claims"))))
        .contains("found that", "closed the alarm")
        .doesNotContain("baseline of claims in");
  }

  @Test
  void incidentsAreToldInPlainWords() {
    Digest words = Digest.of("{}");
    List<Concern> agents = List.of(new Concern("claims", "production"), new Concern("orders", ""));
    for (Event event :
        List.of(
            new Event.IncidentOpened("i-1", words, "major", agents, List.of(), "", NOW, words),
            new Event.IncidentNoted("i-1", words),
            new Event.IncidentReported("i-1", words),
            new Event.IncidentChanged("i-1", "status", "contained", words))) {
      stage.ledger.put(NOW, Actor.SYSTEM, event);
    }

    assertThat(text(page(Map.of())))
        .contains(
            "opened major incident (its words were erased) about claims in production, orders,",
            "noted on incident i-1",
            "changed the status of incident i-1 to contained, for a reason");
    assertThat(text(page(Map.of("kind", "Incident", "thing", "orders")))).contains("opened major");
  }

  @Test
  void anEntryOfANewerStewardIsShownAsItIs() {
    stage.ledger.putBytes("{\"v\":9,\"events\":[]}".getBytes(StandardCharsets.UTF_8));
    assertThat(page(Map.of())).contains("wrote something that this one cannot read");
    assertThat(stage.html("/ledger/0", Stage.OPERATOR))
        .contains("{&#34;v&#34;: 9, &#34;events&#34;: []}");
  }

  @Test
  void entriesAreFilteredByActorThingAndTime() {
    stage.ledger.put(NOW.minusSeconds(90_000), Actor.SYSTEM, new Event.SettingChanged("one", "1"));
    stage.ledger.put(
        NOW.minusSeconds(60), Actor.person("p-dana"), new Event.SettingChanged("two", "2"));
    assertThat(page(Map.of("thing", "one"))).contains("/ledger/0\"").doesNotContain("/ledger/1\"");
    assertThat(page(Map.of("actor", "p-dana")))
        .contains("/ledger/1\"")
        .doesNotContain("/ledger/0\"");
    assertThat(page(Map.of("range", "24h"))).contains("/ledger/1\"").doesNotContain("/ledger/0\"");
  }

  @Test
  void whatIsLentOfBudgetsStandsInOneRowUntilSomebodyLooksForIt() {
    stage.ledger.put(NOW.minusSeconds(60), Actor.SYSTEM, new Event.SettingChanged("one", "1"));
    for (int i = 0; i < 60; i++) {
      stage.ledger.put(NOW.minusSeconds(50), Actor.SYSTEM, lease("1"));
    }
    stage.ledger.put(NOW.minusSeconds(20), Actor.SYSTEM, lease("0.5"));
    stage.ledger.put(NOW.minusSeconds(10), Actor.SYSTEM, new Event.SettingChanged("two", "2"));
    assertThat(text(page(Map.of())))
        .contains("set one to 1", " 1–61 ", "parts of budgets for calls on their way, 61 times")
        .doesNotContain("set aside 1 call", "Older entries");
    assertThat(text(page(Map.of("kind", "Budget", "before", "62"))))
        .contains("set aside 0.5 calls of budget daily", "set aside 1 call of budget daily")
        .contains("Older entries");
  }

  private static Event lease(String amount) {
    return new Event.LeaseTaken(
        "daily",
        "calls",
        "2026-11-21T00:00:00Z",
        "steward",
        new BigDecimal(amount),
        BigDecimal.ZERO);
  }

  @Test
  void aLongLedgerIsReadInPages() {
    for (int i = 0; i < 130; i++) {
      stage.ledger.put(
          NOW.minusSeconds(200 - i), Actor.SYSTEM, new Event.SettingChanged("s" + i, "x"));
    }
    assertThat(page(Map.of()))
        .contains("/ledger/129\"", "/ledger/80\"", "before=80")
        .doesNotContain("/ledger/79\"");
    assertThat(page(Map.of("before", "80"))).contains("/ledger/79\"", "/ledger/30\"", "before=30");
    assertThat(page(Map.of("before", "30")))
        .contains("/ledger/0\"")
        .doesNotContain("Older entries");
  }

  @Test
  void anEntryThatIsNotThereIsNotFound() {
    for (String path : new String[] {"/ledger/7", "/ledger/x", "/ledger/99999999999999999999"}) {
      PageResponse response = stage.get(path, Map.of(), Stage.OPERATOR);
      assertThat(((PageResponse.Html) response).status()).isEqualTo(404);
    }
  }

  private String page(Map<String, String> query) {
    return ((PageResponse.Html) stage.get("/ledger", query, Stage.OPERATOR)).body();
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }
}
