// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.OpenPage;
import dev.steward.console.stage.Stage;
import dev.steward.console.stage.Stories;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Requests;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.control.command.Command;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Notice;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:10Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);
  private static final String ERIK =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: erik@example.com}
      spec: {displayName: Erik, grants: [{role: approver, content: false}]}
      """;

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @BeforeEach
  void ask() {
    stage.control.apply(Yaml.documents(Yaml.DANA, Yaml.agent("refunds"), ERIK));
    stage.control.submit(Requests.of("a-1", "refunds", "{\"amount\":4711}", 1, 3600));
    stage.control.submit(Requests.of("a-2", "refunds", "{\"amount\":7}", 1, 3600));
  }

  @Test
  void theInboxShowsWhatWaitsAndTheRailCountsIt() {
    String page = get("/approvals", ADMIN);

    assertThat(page)
        .contains("2 calls wait")
        .contains("refunds wants to move money with payments/refund in production")
        .contains("{\"amount\":4711}")
        .contains("title=\"2 calls wait\">2</span>");
  }

  @Test
  void onePageSaysWhatWouldHappenAndWithWhat() {
    String page = get("/approvals/a-1", ADMIN);

    assertThat(page)
        .contains("The tool moves money. It is called once, with exactly these arguments.")
        .contains("\"amount\" : 4711")
        .contains("The agent says why: “<bdi>the customer is owed it</bdi>”")
        .contains("Approve payments/refund?")
        .contains("Deny payments/refund?")
        .contains("Edit and approve…")
        .contains("href=\"/policies/payments-need-a-human\"");
    stage.control.submit(Requests.of("a-4", "refunds", "{}", "", List.of(ApprovalTerms.ANYONE)));
    assertThat(get("/approvals/a-4", ADMIN))
        .contains("and not who started the run or issued the agent's key")
        .contains("is no person; log in with a person's own token");
  }

  @Test
  void whatLedToTheCallAndHowItCouldBeUndoneStandBesideIt() {
    assertThat(get("/approvals/a-1", ADMIN))
        .contains("Conversation so far")
        .contains("Nothing of its run is recorded yet.")
        .contains("no: no tool is declared that undoes it");

    List<Span> told = Stories.handOver(NOW.minusSeconds(120));
    stage.write(told);
    stage.control.apply(
        """
        apiVersion: steward/v1
        kind: ToolServer
        metadata: {name: payments}
        spec:
          owner: dana@example.com
          url: https://payments.example/mcp
          tools: [{name: refund, effect: money, compensatedBy: cancel_refund}, {name: cancel_refund, effect: money}]
        """);
    Run run = stage.store.runs(RunQuery.newest(10)).items().getFirst();
    stage.control.submit(Requests.in(run.id(), run.agent(), "a-9"));

    String page = get("/approvals/a-9", ADMIN);
    String steps = page.substring(page.indexOf("so-far-head"));
    assertThat(page).contains("by payments/cancel_refund");
    assertThat(steps).contains("class=\"step", "/runs/" + run.id(), "All of its run");
    assertThat(get("/approvals/a-9", new Reader(Actor.SYSTEM, "Admin", false, false)))
        .contains("You may not read what was said.");
  }

  @Test
  void whoMayNotReadContentSeesNoArguments() {
    Reader erik =
        new Reader(
            Actor.person(stage.control.state().person("erik@example.com").orElseThrow().id()),
            "Erik",
            (_, _) -> true);
    String page = get("/approvals/a-1", erik);

    assertThat(page)
        .contains("Your role does not let you read what agents send.")
        .contains("Approve payments/refund?")
        .doesNotContain("4711")
        .doesNotContain("the customer is owed it")
        .doesNotContain("Edit and approve");
    assertThat(get("/approvals", erik))
        .contains("not for your role to read")
        .doesNotContain("4711");
  }

  @Test
  void approvesDeniesAndEdits() {
    String digest = find("a-1").arguments().hex();
    assertThat(post("a-1/edit", Map.of("arguments", "{\"amount\":", "digest", digest)))
        .contains("Nothing was changed: the edited arguments are not JSON")
        .contains(">{\"amount\":</textarea>");
    assertThat(post("a-1/edit", Map.of("arguments", "{\"amount\":300}", "digest", digest)))
        .contains("Approved with edited arguments.")
        .contains("As the agent gave them")
        .contains("Take back the approval");
    assertThat(find("a-1").status()).isEqualTo(Status.APPROVED);
    assertThat(post("a-2/approve", Map.of("digest", digest)))
        .contains("were edited since you saw them");
    assertThat(post("a-2/deny", Map.of("reason", "not owed")))
        .contains("Denied. The agent is told so")
        .contains("“<bdi>not owed</bdi>”");
    assertThat(find("a-2").status()).isEqualTo(Status.DENIED);
    assertThat(get("/approvals", ADMIN)).contains("Nothing waits for you", "Answered and expired");
  }

  @Test
  void anOpenInboxIsToldWhatIsAnsweredAndHowMuchIsNew() {
    OpenPage page = OpenPage.of(stage, "/approvals", ADMIN);
    OpenPage one = OpenPage.of(stage, "/approvals/a-1", ADMIN);
    LiveFeed feed = page.feed();
    LiveFeed feedOfOne = one.feed();
    assertThat(feed.poll()).isEmpty();
    assertThat(feedOfOne.poll()).isEmpty();
    stage.control.submit(
        new Command.AnswerApproval(
            "a-1", true, "", Optional.empty(), Optional.empty(), Optional.empty()));
    stage.control.submit(Requests.of("a-3", "refunds", "{\"amount\":8}", 1, 3600));
    assertThat(feed.poll()).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");
    assertThat(feed.poll()).isEmpty();
    assertThat(page.feed().poll())
        .extracting(LiveFeed.Event::name)
        .containsExactly("replace", "fresh");
    assertThat(page.after(feed).poll()).isEmpty();

    assertThat(one.feed().poll()).extracting(LiveFeed.Event::name).containsExactly("fresh");
    assertThat(feedOfOne.poll()).extracting(LiveFeed.Event::name).containsExactly("fresh");
    assertThat(one.after(feedOfOne).poll()).isEmpty();
  }

  @Test
  void whatDidNotArriveIsShownUnderSettingsAndSentAgain() {
    Delivery waiting =
        Delivery.of(
            "msg-1-0-ops",
            "ops",
            new Notice("approval.requested", "a-1", NOW, "Approval needed", "", "/", Map.of()),
            NOW);
    stage.outbox.put(
        List.of(
            new Delivery(
                waiting.id(),
                "ops",
                waiting.notice(),
                Delivery.Status.FAILED,
                NOW,
                8,
                "https://example.com answered 503",
                NOW)),
        1);
    assertThat(get("/settings/channels", ADMIN))
        .contains("Approval needed", "Given up", "https://example.com answered 503", "8 attempts");
    PageRequest again =
        request("/settings/channels/again", ADMIN, Map.of("csrf", "token", "id", "msg-1-0-ops"));
    assertThat(body(stage.console.handle(again))).contains("It is being sent again.", "Under way");
  }

  private Approval find(String id) {
    return stage.control.state().approvals().find(id).orElseThrow();
  }

  private String get(String path, Reader reader) {
    return body(stage.console.handle(request(path, reader, Map.of())));
  }

  private String post(String path, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    PageRequest get = request("/approvals/" + path, ADMIN, form);
    return body(stage.console.handle(get));
  }

  private static PageRequest request(String path, Reader reader, Map<String, String> form) {
    return new PageRequest(
        form.isEmpty() ? "GET" : "POST", path, Map.of(), form, reader, "token", Map.of(), false);
  }

  private static String body(PageResponse response) {
    return ((PageResponse.Html) response).body();
  }
}
