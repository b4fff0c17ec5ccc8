// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the pages show to who may see a team, an agent or an environment only.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopedPagesTest {
  private static final String LEE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: lee@example.com}
      spec:
        displayName: Lee Quint
        email: lee@example.com
      """;
  private static final String DANA =
      Yaml.DANA.replace("displayName: Dana", "displayName: Dana Fox");
  private static final String REFUNDS = Otlp.trace(0xa11ce1);
  private static final String STAGED = Otlp.trace(0xb0b5ed);
  private static final String RESEARCH = Otlp.trace(0xc0ffee);
  private static final long SHARED = 0xd00d1e;

  private TestServer server;

  /// Of `refunds` (team helpdesk, owner Dana) and `research` (team lab, owner Lee).
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    server = TestServer.open(folder);
    server.apply(
        String.join(
            "---\n",
            DANA,
            LEE,
            Yaml.agent("refunds", "helpdesk"),
            Yaml.agent("research", "lab").replace("owner: dana", "owner: lee")));
    send("production", spans(0xa11ce1, 1, "refunds", "gpt-4o", "pay_back"));
    send("staging", spans(0xb0b5ed, 1, "refunds", "gpt-4o-mini", "pay_dry"));
    send("production", spans(0xc0ffee, 1, "research", "gpt-5", "rummage"));
    send("production", spans(SHARED, 1, "refunds", "gpt-4o", "pay_back"));
    send("production", spans(SHARED, 7, "research", "gpt-5", "rummage"));
    send("staging", spans(0xe66, 1, "stranger", "gpt-4.1", "peek"));
    server.awaitLoaded(18);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private static List<Span.Builder> spans(
      long trace, long first, String agent, String model, String tool) {
    return List.of(
        Otlp.span(trace, first, 0, "invoke_agent " + agent)
            .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
            .addAttributes(Otlp.text("gen_ai.conversation.id", "talk-" + agent))
            .addAttributes(Otlp.text("gen_ai.agent.name", agent)),
        Otlp.span(trace, first + 1, first, "chat " + model)
            .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
            .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
            .addAttributes(Otlp.text("gen_ai.request.model", model))
            .addAttributes(Otlp.number("gen_ai.usage.input_tokens", 1000))
            .addAttributes(Otlp.number("gen_ai.usage.output_tokens", 100))
            .addAttributes(
                Otlp.text(
                    "gen_ai.input.messages",
                    "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"whispered to "
                        + agent
                        + "\"}]}]")),
        Otlp.span(trace, first + 2, first, "execute_tool " + tool)
            .addAttributes(Otlp.text("gen_ai.operation.name", "execute_tool"))
            .addAttributes(Otlp.text("gen_ai.tool.name", tool)));
  }

  private void send(String environment, List<Span.Builder> spans) throws Exception {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    spans.forEach(scope::addSpans);
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(Otlp.text("service.name", "shop"))
                .addAttributes(Otlp.text("deployment.environment.name", environment)))
        .addScopeSpans(scope);
    HttpRequest post =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(request.build().toByteArray()))
            .build();
    assertThat(server.client().send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  /// Every page that a reader of a part may open, without the names of what is hidden in it.
  private static List<String> pages(String ownAgent, String ownRun) {
    List<String> pages = new ArrayList<>();
    for (String range : List.of("", "?range=7d", "?range=all")) {
      for (String page : List.of("/fleet", "/runs", "/cost", "/agents/" + ownAgent)) {
        pages.add(page + range);
      }
    }
    for (String by :
        List.of("team", "version", "model", "tool", "workflow", "environment", "day")) {
      pages.add("/cost?by=" + by);
    }
    for (String view : List.of("", "/waterfall", "/waterfall.json", "/graph", "/raw", "/compare")) {
      pages.add("/runs/" + ownRun + view);
    }
    pages.addAll(
        List.of(
            "/now",
            "/cost?split=model",
            "/runs?sort=cost",
            "/fleet?sort=name",
            "/fleet/register",
            "/conversations/talk-" + ownAgent,
            "/tasks/" + ownRun,
            "/search?q=e",
            "/settings",
            "/settings/keys",
            "/start",
            "/keys"));
    return pages;
  }

  private void requireHidden(String token, List<String> pages, String... hidden) {
    List<String> leaks = new ArrayList<>();
    for (String path : pages) {
      HttpResponse<String> page = as(token, path);
      assertThat(page.statusCode()).as(path).isIn(200, 303, 404);
      for (String word : hidden) {
        int at = page.body().indexOf(word);
        if (at >= 0) {
          leaks.add(path + ": " + page.body().substring(Math.max(0, at - 90), at + word.length()));
        }
      }
      if (page.body().contains("whispered")) {
        leaks.add(path + ": what was said");
      }
    }
    assertThat(leaks).isEmpty();
  }

  @Test
  void aTeamSeesNothingOfTheOthers() {
    String lab = token("\"teams\":[\"lab\"]");

    requireHidden(
        lab,
        pages("research", RESEARCH),
        "refunds",
        "stranger",
        REFUNDS,
        STAGED,
        "Dana Fox",
        "dana@",
        "helpdesk",
        "staging",
        "gpt-4.1",
        "gpt-4o-mini",
        "pay_",
        "peek");
    assertThat(as(lab, "/fleet").body()).contains("research", "Lee Quint", "2 runs");
    assertThat(as(lab, "/runs").body()).contains(RESEARCH);
    assertThat(as(lab, "/cost").body()).contains("2 model calls");
    assertThat(as(lab, "/agents/research").statusCode()).isEqualTo(200);
    assertThat(as(lab, "/runs/" + RESEARCH + "/graph").body()).contains("rummage");
    assertThat(as(lab, "/now").body()).contains("1 agent ran 2 times");
  }

  @Test
  void anAgentsReaderSeesThatAgentEverywhereAndNoOther() {
    String one = token("\"agents\":[\"refunds\"]");

    requireHidden(
        one,
        pages("refunds", STAGED),
        "research",
        "stranger",
        RESEARCH,
        "Lee Quint",
        "lee@",
        "gpt-5",
        "gpt-4.1",
        "rummage",
        "peek");
    assertThat(as(one, "/fleet").body()).contains("refunds", "production, staging", "3 runs");
    assertThat(as(one, "/runs").body()).contains(REFUNDS, STAGED);
    assertThat(as(one, "/cost?by=environment").body()).contains("3 model calls", "staging");
  }

  @Test
  void anEnvironmentsReaderSeesWhatWasDoneThere() {
    String there = token("\"environments\":[\"production\"]");

    requireHidden(
        there,
        pages("refunds", REFUNDS),
        STAGED,
        "stranger",
        "staging",
        "4o-mini",
        "pay_dry",
        "peek");
    assertThat(as(there, "/fleet").body()).contains("refunds", "research", "4 runs");
    assertThat(as(there, "/runs").body()).contains(REFUNDS, RESEARCH);
    assertThat(as(there, "/agents/refunds").body()).contains("2 runs");
    assertThat(as(there, "/cost").body()).contains("4 model calls");
    assertThat(as(there, "/now").body()).contains("2 agents ran 4 times");
  }

  @Test
  void grantsOfDifferentScopesAddUp() {
    String both = token("\"teams\":[\"lab\"]},{\"role\":\"viewer\",\"environments\":[\"staging\"]");

    requireHidden(both, pages("research", RESEARCH), REFUNDS, "pay_back");
    assertThat(as(both, "/fleet").body()).contains("research", "refunds", "stranger");
    assertThat(as(both, "/runs").body()).contains(RESEARCH, STAGED);
    assertThat(as(both, "/cost").body()).contains("4 model calls");
  }

  @Test
  void aTraceThatIsSharedShowsOnlyTheRunThatIsSeen() {
    String lab = token("\"teams\":[\"lab\"]");
    String own = Otlp.trace(SHARED) + "-" + Otlp.spanId(7);
    String other = Otlp.trace(SHARED) + "-" + Otlp.spanId(1);

    requireHidden(lab, pages("research", own), "refunds", "pay_back", Otlp.spanId(2));
    assertThat(as(lab, "/runs/" + own).body()).contains("rummage");
    assertThat(as(lab, "/runs/" + other).statusCode()).isEqualTo(404);
    assertThat(as(lab, "/runs/" + own + "/steps/" + Otlp.spanId(2)).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsHiddenIsAsIfItWereNotThere() {
    String lab = token("\"teams\":[\"lab\"]");
    for (String path :
        List.of(
            "/agents/refunds",
            "/runs/" + REFUNDS,
            "/runs/" + REFUNDS + "/raw",
            "/runs/" + REFUNDS + "/waterfall.json",
            "/runs/" + RESEARCH + "/compare/" + REFUNDS,
            "/conversations/talk-refunds",
            "/tasks/" + STAGED,
            "/live/runs/" + REFUNDS,
            "/live/ingest")) {
      assertThat(as(lab, path).statusCode()).as(path).isEqualTo(404);
    }
    for (String path :
        List.of(
            "/runs?agent=refunds",
            "/runs?label=team%3Dhelpdesk",
            "/cost?agent=refunds",
            "/fleet?team=helpdesk",
            "/fleet/register?name=refunds",
            "/search?q=" + REFUNDS)) {
      assertThat(as(lab, path).body())
          .as(path)
          .doesNotContain("/runs/" + REFUNDS)
          .doesNotContain(STAGED, "pay_", "gpt-4o", "Dana");
    }
    assertThat(as(lab, "/cost?agent=refunds").body()).contains("Nothing here that is yours to see");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ledger",
        "/ledger/0",
        "/ledger/0/state",
        "/ledger/check",
        "/ledger/activity",
        "/ingest",
        "/settings/people",
        "/settings/tokens",
        "/settings/providers",
        "/settings/holds",
        "/settings/server"
      })
  void aPageAboutTheWholeServerSaysWhatItNeeds(String path) {
    HttpResponse<String> page = as(token("\"teams\":[\"lab\"]"), path);

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body())
        .contains("You may not see this:", " needs ", "for the whole server")
        .doesNotContain("refunds", "Dana Fox", REFUNDS);
  }

  @Test
  void whatWasSaidIsShownWhereItIsGranted() {
    String reads = token("\"content\":true,\"teams\":[\"lab\"]");

    assertThat(as(reads, "/runs/" + RESEARCH).body()).contains("whispered to research");
    assertThat(as(reads, "/runs/" + Otlp.trace(SHARED) + "-" + Otlp.spanId(7) + "/raw").body())
        .contains("whispered to research")
        .doesNotContain("whispered to refunds");
    assertThat(as(token("\"teams\":[\"lab\"]"), "/runs/" + RESEARCH + "/raw").body())
        .doesNotContain("whispered");
  }

  @Test
  void theApiCountsAsThePagesDo() {
    String there = token("\"environments\":[\"production\"]");

    assertThat(as(there, "/api/v1/agents/activity").body())
        .contains("\"agent\":\"refunds\",\"registered\":true,\"runs\":2")
        .doesNotContain("stranger");
    assertThat(as(there, "/api/v1/findings").body()).doesNotContain("stranger", "staging");
  }

  private String token(String scope) {
    return server
        .ask(
            "/api/v1/tokens",
            "{\"purpose\":\"test\",\"grants\":[{\"role\":\"viewer\"," + scope + "}]}")
        .get("token")
        .stringValue();
  }

  private HttpResponse<String> as(String token, String path) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + token)
            .build());
  }
}
