// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.event.Event;
import dev.steward.domain.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:12:40Z");
  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @Test
  void aThingIsShownAsItWasWithWhatChangedThenAndSince() {
    changed("limit", "10");
    changed("limit", "20");
    changed("limit", "30");

    String page = text("/ledger/1/state", Map.of("kind", "Setting", "name", "limit"));
    assertThat(page)
        .contains("setting limit", "limit: 20", "before entry 1", "after entry 1", "limit: 30");
    assertThat(text("/ledger/1/state", Map.of("kind", "Setting", "name", "other")))
        .contains("It was not there after this entry");
  }

  @Test
  void everythingThatWasThereIsListedByKind() {
    changed("limit", "10");
    changed("colour", "blue");
    assertThat(text("/ledger/0/state", Map.of()))
        .contains("setting 1 limit")
        .doesNotContain("colour");
    assertThat(text("/ledger/1/state", Map.of())).contains("setting 2 colour limit");
  }

  @Test
  void anEntryLeadsToItsNeighboursItsProofAndTheStateOfWhatItIsAbout() {
    changed("limit", "10");
    changed("limit", "20");
    String page = html("/ledger/0", Map.of());
    assertThat(page)
        .contains("href=\"/ledger/1\"", "data-proof-file=\"/api/v1/ledger/control/proof/0\"")
        .contains("/api/v1/ledger/control/entries/0", "/ledger/0/state?kind=Setting&amp;name=limit")
        .contains("log steward.example/control+")
        .doesNotContain("rel=\"prev\"");
  }

  @Test
  void entriesAreFilteredByKindAndEndWhereTheReaderSays() {
    stage.ledger.put(NOW.minusSeconds(90_000), Actor.SYSTEM, new Event.SettingChanged("one", "1"));
    stage.ledger.put(
        NOW.minusSeconds(60), Actor.SYSTEM, new Event.AgentKeyRevoked("key-1", Digest.of("gone")));
    assertThat(html("/ledger", Map.of("kind", "AgentKey")))
        .contains("/ledger/1\"")
        .doesNotContain("/ledger/0\"");
    assertThat(html("/ledger", Map.of("until", "2026-11-20T12:00")))
        .contains("/ledger/0\"", "value=\"2026-11-20T12:00\"")
        .doesNotContain("/ledger/1\"");
    assertThat(html("/ledger", Map.of("until", "yesterday"))).contains("/ledger/1\"");
  }

  @Test
  void theActivityLedgerIsShownInTheSamePages() {
    assertThat(text("/ledger/activity", Map.of())).contains("Nothing is written here yet");
    assertThat(status("/ledger/activity/0")).isEqualTo(404);
    assertThat(status("/ledger/activity/0/state")).isEqualTo(404);
    assertThat(text("/ledger/check", Map.of())).contains("Everything is computed in this browser");
  }

  @Test
  void whatWasDoneAtTheGatewayIsToldInWords() {
    done("\"kind\":\"calls\",\"calls\":4,\"digests\":\"7d6b65209bab3ad273ff\"");
    done(
        "\"kind\":\"intent\",\"call\":\"c-1\",\"agent\":\"refunds\",\"server\":\"payments\","
            + "\"tool\":\"refund\",\"effect\":\"money\",\"environment\":\"production\"");
    done("\"kind\":\"outcome\",\"call\":\"c-1\",\"ended\":\"answered\",\"millis\":12");
    done("\"kind\":\"outcome\",\"call\":\"c-2\",\"ended\":\"unknown\"");
    done("\"kind\":\"settled\",\"unknown\":0");
    done("\"kind\":\"foretold\"");

    assertThat(text("/ledger/activity", Map.of()))
        .contains("recorded what was sent and answered in 4 calls under digest 7d6b6520…73ff")
        .contains("was let call payments/refund in production, effect money, call c-1")
        .contains("saw the tool answer call c-1 after 12 ms")
        .contains("does not know what became of call c-2")
        .contains("found at its start that every call has its outcome")
        .contains("wrote something that this one cannot read");
    assertThat(text("/ledger/activity", Map.of("thing", "payments/refund")))
        .contains("was let call")
        .doesNotContain("recorded what");
    assertThat(text("/ledger/activity", Map.of("actor", "refunds")))
        .contains("was let call")
        .doesNotContain("saw the tool");
  }

  private void done(String fields) {
    stage.activity.putBytes(
        ("{\"at\":\"" + NOW + "\",\"form\":1," + fields + "}").getBytes(StandardCharsets.UTF_8));
  }

  private void changed(String name, String value) {
    stage.control.submit(new Command.ChangeSetting(name, value));
    stage.ledger.put(NOW, Actor.SYSTEM, new Event.SettingChanged(name, value));
  }

  private int status(String path) {
    return ((PageResponse.Html) stage.get(path, Map.of(), Stage.OPERATOR)).status();
  }

  private String html(String path, Map<String, String> query) {
    return ((PageResponse.Html) stage.get(path, query, Stage.OPERATOR)).body();
  }

  private String text(String path, Map<String, String> query) {
    return html(path, query).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }
}
