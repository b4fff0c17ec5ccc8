// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.incident.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String PAGE = "/incidents/i-1";

  /// Sees what lookup does in production and nothing else.
  private static final Reader WATCHER =
      new Reader(
          Actor.person("p-will"),
          "Will",
          (permission, target) ->
              permission == Permission.READ
                  && target.agent().equals("lookup")
                  && target.environment().equals("production"));

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private Reader dana = WATCHER;

  @BeforeEach
  void declare() {
    stage.control.apply(
        Yaml.documents(
            Yaml.DANA.replace("{role: developer, teams: [support]}", "{role: admin}"),
            Yaml.agent("lookup", "version: {code: {build: 1}}"),
            Yaml.agent("writer")));
    String id = stage.control.state().person("dana@example.com").orElseThrow().id();
    dana = new Reader(Actor.person(id), "Dana", (_, _) -> true);
  }

  @Test
  void withoutAnyThePageSaysHowOneIsOpened() {
    assertThat(stage.html("/incidents", dana))
        .contains("There is no incident")
        .contains("steward incident open &#34;WHAT&#34; --severity major");
    assertThat(status(PAGE, dana)).isEqualTo(404);
  }

  @Test
  void anIncidentShowsHowItStandsAndAllThatHappened() {
    open("i-1", "lookup", Severity.CRITICAL);
    stage.control.submit(new Command.NoteIncident("i-1", "the <b>bank</b> was called"));
    assertThat(stage.html("/incidents", dana))
        .contains("1 is open.")
        .contains("refunds were paid twice")
        .contains("href=\"/incidents/i-1\"")
        .contains("lookup in production");
    String page = stage.html(PAGE, dana);
    assertThat(page)
        .contains("critical: <bdi>customers wrote</bdi>")
        .contains("Leads", "nobody yet")
        .contains("Contained", "not yet")
        .contains("the &lt;b&gt;bank&lt;/b&gt; was called")
        .contains("It is contained…", "It is resolved…", "Add a note…")
        .contains("href=\"/incidents/i-1/report\"");
  }

  @Test
  void theReportIsADocumentToKeep() {
    open("i-1", "lookup", Severity.MAJOR);
    PageResponse answer = stage.get(PAGE + "/report", Map.of(), dana);
    assertThat(answer)
        .isInstanceOfSatisfying(
            PageResponse.Data.class,
            data -> {
              assertThat(data.fileName()).isEqualTo("incident-i-1.md");
              assertThat(new String(data.bytes(), StandardCharsets.UTF_8))
                  .startsWith("# Incident report: refunds were paid twice");
            });
  }

  @Test
  void whatIsDoneOnThePageStandsInTheLedger() {
    open("i-1", "lookup", Severity.MAJOR);
    assertThat(post(PAGE + "/note", Map.of("reason", "the bank was called")))
        .contains("Your note stands in the ledger.");
    assertThat(post(PAGE + "/contained", Map.of("reason", "the key is revoked")))
        .contains("It is contained now.")
        .contains("It goes on…");
    assertThat(post(PAGE + "/resolved", Map.of("reason", "all was paid back")))
        .contains("It is resolved now.")
        .doesNotContain("It is contained…");
    assertThat(stage.control.state().incidents().find("i-1").orElseThrow().status())
        .isEqualTo(IncidentStatus.RESOLVED);
    assertThat(post(PAGE + "/open", Map.of("reason", "again"))).contains("Nothing was changed.");
    assertThat(stage.html("/incidents", dana)).contains("None is open.");
  }

  @Test
  void readersSeeTheIncidentsOfTheirAgentsAndAreOfferedNoDeed() {
    open("i-1", "lookup", Severity.MAJOR);
    open("i-2", "writer", Severity.MAJOR);
    assertThat(stage.html("/incidents", WATCHER)).contains("i-1").doesNotContain("i-2");
    assertThat(stage.html(PAGE, WATCHER)).contains("customers wrote").doesNotContain("Add a note");
    assertThat(status("/incidents/i-2", WATCHER)).isEqualTo(404);
    assertThat(status("/incidents/i-2/report", WATCHER)).isEqualTo(404);
  }

  private void open(String id, String agent, Severity severity) {
    stage.control.submit(
        new Command.OpenIncident(
            id,
            "refunds were paid twice",
            severity,
            List.of(new Concern(agent, "production")),
            List.of(),
            "",
            Optional.empty(),
            "customers wrote"));
  }

  private String post(String path, Map<String, String> fields) {
    return ((PageResponse.Html) stage.post(path, fields, dana)).body();
  }

  private int status(String path, Reader reader) {
    return ((PageResponse.Html) stage.get(path, Map.of(), reader)).status();
  }
}
