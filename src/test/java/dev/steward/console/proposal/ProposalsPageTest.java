// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.TwoPeople;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.domain.resource.Budget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProposalsPageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private TwoPeople people = TwoPeople.of(stage.control);
  private Reader omar = ADMIN;
  private Reader olga = ADMIN;

  @BeforeEach
  void begin() {
    people = TwoPeople.begin(stage.control);
    omar = reader("omar");
    olga = reader("olga");
  }

  @Test
  void whatWaitsIsShownWithWhyAndASecondPersonAcceptsIt() {
    assertThat(stage.html("/proposals", ADMIN)).contains("No change waits for a second person");
    String id = people.propose("20");

    assertThat(stage.html("/policies", olga)).contains("1 change waits for a second person");
    String page = stage.html("/proposals", olga);
    assertThat(page)
        .contains("Budget all")
        .contains("budget all: 10 USD a day becomes 20 USD a day for lookup in canary")
        .contains("spec.limit.cost")
        .contains("Accept this change?")
        .contains("omar@example.com");

    assertThat(post(omar, "/proposals/" + id + "/accept")).contains("a second person must accept");
    assertThat(post(olga, "/proposals/" + id + "/accept"))
        .contains("It is accepted, and acts.")
        .contains("Accepted by olga@example.com: looked at it")
        .doesNotContain("Accept this change?");
    assertThat(stage.control.state().find(Budget.class, "all").orElseThrow().limit().amount())
        .isEqualByComparingTo("20");
  }

  @Test
  void whoProposedItTakesItBack() {
    String id = people.propose("20");
    assertThat(post(omar, "/proposals/" + id + "/reject")).contains("It is rejected.");
    assertThat(stage.html("/policies", olga)).doesNotContain("for a second person");
  }

  @Test
  void whoMayNotReadWhatItChangesDoesNotSeeIt() {
    String id = people.propose("20");
    Reader elsewhere =
        new Reader(
            Actor.person("p-will"),
            "Will",
            (permission, target) ->
                permission == Permission.READ && target.agent().equals("other"));
    assertThat(stage.html("/proposals", elsewhere)).doesNotContain(id);
    assertThat(stage.get("/proposals/" + id, Map.of(), elsewhere).toString())
        .doesNotContain("20 USD");
  }

  private String post(Reader reader, String path) {
    PageResponse answer =
        stage.console.handle(
            new PageRequest(
                "POST",
                path,
                Map.of(),
                Map.of("csrf", "token", "reason", "looked at it"),
                reader,
                "token",
                Map.of(),
                false));
    return ((PageResponse.Html) answer).body();
  }

  private Reader reader(String name) {
    return new Reader(people.who(name), name, (_, _) -> true);
  }
}
