// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.OpenPage;
import dev.steward.console.stage.Stage;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.Requests;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.command.Command;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.live.UpstreamHealth.Failure;
import dev.steward.control.live.UpstreamHealth.Health;
import dev.steward.control.live.UpstreamHealth.Latency;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivePagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);
  private static final Reader OF_LOOKUP =
      new Reader(
          Actor.person("p-sam"),
          "Sam",
          (permission, target) -> permission == Permission.READ && target.agent().equals("lookup"));
  private static final String PROVIDER =
      """
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: openai}
      spec: {dialect: openai, url: "https://api.openai.com/v1", secret: openai-key}
      """;

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));

  @BeforeEach
  void declare() {
    stage.control.apply(
        Yaml.documents(Yaml.DANA, Yaml.agent("lookup"), Yaml.agent("writer"), PROVIDER));
  }

  @Test
  void isCalmWhenNothingFlies() {
    assertThat(get(ADMIN))
        .contains("No call is in flight")
        .contains("Nothing is killed")
        .contains("<tbody id=\"live-calls\"></tbody>");
  }

  @Test
  void showsEachCallWithItsButtonAndItsAgents() {
    stage.calls.calls.add(call("a", "lookup", "run-1", 412, "0.0031"));
    stage.calls.calls.add(call("b", "writer", "run-2", 0, "0.0002"));

    assertThat(get(ADMIN))
        .contains("2 calls in flight, of 2 agents")
        .contains("412")
        .contains("0.0031")
        .contains("Kill 1 call in flight of run run-1 and refuse new ones")
        .contains("/stops?selector=agent%3Dlookup")
        .contains("action=\"/live/kill\"");
  }

  @Test
  void saysWhichCallWaitsForAPerson() {
    stage.control.submit(Requests.of("a-1", "lookup", "{}", 1, 3600));
    Approval asked = stage.control.state().approvals().find("a-1").orElseThrow();
    stage.calls.calls.add(call("a", "lookup", asked.call().run(), 1, "0.0031"));
    stage.calls.calls.add(toolCall("b", asked.call()));
    LiveFeed feed = feed();
    feed.poll();

    assertThat(get(ADMIN)).containsOnlyOnce("waits for a person").contains("/approvals/a-1");

    stage.control.submit(
        new Command.AnswerApproval(
            "a-1", false, "not now", Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(feed.poll())
        .singleElement()
        .satisfies(event ->
            assertThat(event.data()).contains("call-1").doesNotContain("waits for a person"));
  }

  @Test
  void showsNobodyWhatIsNotTheirs() {
    stage.calls.calls.add(call("a", "lookup", "run-1", 412, "0.0031"));
    stage.calls.calls.add(call("b", "writer", "run-2", 0, "0.0002"));
    stage.health = List.of(health(Circuit.OPEN, 20, 12));

    assertThat(get(OF_LOOKUP))
        .contains("1 call in flight, of 1 agent")
        .doesNotContain("writer")
        .doesNotContain("Model providers")
        .doesNotContain("/live/kill");
  }

  @Test
  void killsFromThePageAndRestores() {
    stage.calls.calls.add(call("a", "lookup", "run-1", 412, "0.0031"));

    String killed = post("kill", Map.of("selector", "run=run-1", "reason", "it loops"));

    assertThat(killed)
        .contains("Killed run run-1: 1 call cut")
        .contains("it loops")
        .contains("1 kill is in force");
    String id = stage.control.state().kills().all().iterator().next().id();
    assertThat(post("restore", Map.of("id", id, "reason", "repaired")))
        .contains("Restored run run-1")
        .contains("Nothing is killed");
    assertThat(post("kill", Map.of("selector", "", "reason", "x"))).contains("names nothing");
  }

  @Test
  void showsHowTheProvidersAnswer() {
    stage.health = List.of(health(Circuit.OPEN, 20, 12));

    assertThat(get(ADMIN))
        .contains("Circuit open")
        .contains("12 failed")
        .contains("340 ms")
        .contains("p95 1.2 s")
        .contains("It answered 500 for gpt-5: it failed.")
        .contains("openai-key")
        .contains("not set")
        .contains("/runs?model=gpt-5")
        .contains("1 provider is left alone");
  }

  @Test
  void aProviderThatIsLeftAloneAndAKillAreFindings() {
    stage.health = List.of(health(Circuit.OPEN, 20, 12));
    post("kill", Map.of("selector", "agent=lookup", "reason", "it loops"));

    assertThat(((PageResponse.Html) stage.get("/now", Map.of(), ADMIN)).body())
        .contains("The model provider openai has failed too often and is left alone")
        .contains("12 of 20 calls in the last hour failed")
        .contains("Agent lookup is killed")
        .contains("it loops");
  }

  @Test
  void aRowStaysItsCallsUntilSomeTimeAfterItsEnd() {
    stage.calls.calls.add(call("a", "lookup", "run-1", 1, "0.0031"));
    LiveFeed feed = feed();
    feed.poll();

    stage.calls.calls.clear();
    stage.calls.calls.add(call("b", "writer", "run-2", 1, "0.0031"));
    List<LiveFeed.Event> events = feed.poll();
    assertThat(events).extracting(LiveFeed.Event::name).containsExactly("replace", "append");
    assertThat(events.getFirst().data()).contains("call-0").contains("Ended").contains("lookup");
    assertThat(events.getLast().data()).contains("call-1").contains("writer");

    for (int i = 0; i < 4; i++) {
      assertThat(feed.poll()).isEmpty();
    }
    stage.calls.calls.add(call("c", "lookup", "run-3", 1, "0.0031"));
    List<LiveFeed.Event> later = feed.poll();
    assertThat(later).extracting(LiveFeed.Event::name).containsExactly("replace");
    assertThat(later.getFirst().data()).contains("call-0").contains("run-3");
  }

  @Test
  void tokensThatComeChangeOnlyTheirRow() {
    stage.calls.calls.add(call("a", "lookup", "run-1", 1, "0.0031"));
    stage.calls.calls.add(call("b", "writer", "run-2", 1, "0.0031"));
    LiveFeed feed = feed();
    feed.poll();
    assertThat(feed.poll()).isEmpty();

    stage.calls.calls.set(1, call("b", "writer", "run-2", 77, "0.0031"));

    assertThat(feed.poll())
        .singleElement()
        .satisfies(event ->
            assertThat(event.data())
                .contains("call-1")
                .contains("77")
                .doesNotContain("id=\\\"call-0"));
  }

  @Test
  void aKillByAnotherIsCountedAndMovesNothing() {
    LiveFeed feed = feed();
    feed.poll();
    post("kill", Map.of("selector", "agent=lookup", "reason", "it loops"));

    assertThat(feed.poll()).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");
    assertThat(feed.poll()).isEmpty();
  }

  @Test
  void whatChangedWhileNobodyListenedIsToldFirst() {
    stage.health = List.of(health(Circuit.CLOSED, 20, 0));
    OpenPage page = OpenPage.of(stage, "/live", ADMIN);
    stage.health = List.of(health(Circuit.OPEN, 20, 12));
    post("kill", Map.of("selector", "agent=lookup", "reason", "it loops"));

    LiveFeed feed = page.feed();
    List<LiveFeed.Event> told = feed.poll();
    assertThat(told).extracting(LiveFeed.Event::name).containsExactly("replace", "fresh");
    assertThat(told.getFirst().data()).contains("Circuit open");
    assertThat(page.after(feed).poll())
        .singleElement()
        .satisfies(event -> assertThat(event.data()).doesNotContain("Circuit open"));
  }

  private LiveFeed feed() {
    return OpenPage.of(stage, "/live", ADMIN).feed();
  }

  private String get(Reader reader) {
    return ((PageResponse.Html) stage.get("/live", Map.of(), reader)).body();
  }

  private String post(String deed, Map<String, String> fields) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    return ((PageResponse.Html)
            stage.console.handle(
                new PageRequest(
                    "POST", "/live/" + deed, Map.of(), form, ADMIN, "token", Map.of(), false)))
        .body();
  }

  private static Health health(Circuit circuit, long calls, long errors) {
    return new Health(
        "openai",
        calls,
        errors,
        new Latency(8, Optional.of(Duration.ofMillis(340)), Optional.of(Duration.ofMillis(1200))),
        Latency.NONE,
        circuit,
        3,
        512,
        0,
        List.of("gpt-5"),
        Optional.of(new Failure(NOW.minusSeconds(20), "It answered 500 for gpt-5: it failed.")));
  }

  private static InFlight toolCall(String id, BoundCall call) {
    Subject subject =
        new Subject(
            call.agent(),
            "",
            "production",
            "",
            call.run(),
            "",
            "",
            Map.of(),
            "",
            "",
            call.target());
    return InFlight.begun(id, InFlight.Kind.TOOL, subject, NOW.minusSeconds(3), "execute_tool x");
  }

  private static InFlight call(String id, String agent, String run, long tokens, String cost) {
    return new InFlight(
        id,
        InFlight.Kind.MODEL,
        new Subject(agent, "", "production", "", run, "", "", Map.of(), "openai", "gpt-5", ""),
        NOW.minusSeconds(3),
        tokens,
        new Cost.Known(new BigDecimal(cost), "USD", Cost.Source.ESTIMATED, ""),
        "chat gpt-5");
  }
}
