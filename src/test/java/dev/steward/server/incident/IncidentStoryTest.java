// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.client.ExitCode;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The timeline and the report of an incident, on a whole server.
class IncidentStoryTest {
  private static final String BANK =
      """
      ---
      apiVersion: steward/v1
      kind: DataSource
      metadata: {name: orders, labels: {data: customer}}
      spec: {owner: dana@example.com, type: postgres, version: 3}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: payments}
      spec:
        owner: dana@example.com
        tools:
          - {name: refund, effect: money, compensatedBy: take_back, sources: [orders]}
          - {name: take_back, effect: money}
      """;

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private TestServer server;
  private String run = "";
  private String path = "";

  @BeforeEach
  void open() {
    server = TestServer.open(folder, Map.of());
    server.apply(
        Yaml.fleet()
            + "---\n"
            + Yaml.agent("front", "lab")
            + "    orchestration: {delegates: [refunds]}\n"
            + BANK);
    Otlp.send(
        server,
        Otlp.request(
            List.of(
                agent(),
                call(2, "refund", "{\"order\":\"A-1\"}"),
                call(3, "take_back", "{\"order\":\"A-1\"}"),
                call(4, "refund", "{\"order\":\"A-2\"}"))));
    server.await("the run is known", () -> effects() == 3);
    JsonNode opened =
        server.ask(
            "/api/v1/incidents",
            """
            {"title":"Refunds <b>twice</b>","severity":"major","runs":["%s"],
             "agents":[{"agent":"refunds"}],"reason":"two customers called"}
            """
                .formatted(run));
    path = "/api/v1/incidents/" + opened.path("id").asString();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theTimelineHasWhatHappenedWithItsSources() {
    server.ask(
        "/api/v1/kills", "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"money goes out\"}");
    server.ask(path + "/notes", "{\"text\":\"the feed was stale\"}");
    server.ask(path + "/change", "{\"status\":\"resolved\",\"reason\":\"rolled back\"}");
    server.ask(path + "/notes", "{\"text\":\"it was the cache\"}");

    JsonNode story = server.json(path + "/timeline");
    assertThat(story.path("whole").asBoolean()).isTrue();
    List<String> told = new ArrayList<>();
    for (JsonNode line : story.path("items")) {
      String kind = line.path("kind").asString();
      told.add(kind + ": " + line.path("title").asString() + ": " + line.path("detail").asString());
      assertThat(line.path("page").asString()).startsWith("/");
      assertThat(line.path("personsWords").asBoolean()).isEqualTo(kind.equals("note"));
      boolean observed = kind.equals("run") || kind.equals("effect");
      assertThat(line.path("sequence").isNull()).isEqualTo(observed);
    }
    assertThat(told)
        .contains(
            "run: run " + run + " started: ",
            "effect: effect: money by payments/refund, done, compensated: ",
            "effect: effect: money by payments/take_back, done, which compensates another: ",
            "effect: effect: money by payments/refund, done,"
                + " not compensated; take_back could: ",
            "kill: killed: agent refunds: money goes out",
            "incident: major incident opened: Refunds <b>twice</b>: two customers called",
            "note: noted on incident: Refunds <b>twice</b>: the feed was stale",
            "note: noted on incident: Refunds <b>twice</b>: it was the cache")
        .anyMatch(line -> line.startsWith("version: version "))
        .anyMatch(line -> line.startsWith("run: run " + run + " finished"));
    assertThat(told.stream().filter(line -> line.contains("incident opened"))).hasSize(1);
    assertThat(sequence(story, "version")).isLessThan(sequence(story, "kill"));
    assertThat(sequence(story, "version")).isLessThan(sequence(story, "incident"));
    assertThat(sequence(story, "incident")).isLessThan(sequence(story, "kill"));
    List<String> times = new ArrayList<>();
    story.path("items").forEach(line -> times.add(line.path("at").asString()));
    assertThat(times).isSorted();
  }

  @Test
  void whatHappensAfterItIsResolvedIsNoPartOfItButNotesAre() {
    server.ask(path + "/change", "{\"status\":\"resolved\",\"reason\":\"rolled back\"}");
    server.ask(
        "/api/v1/kills", "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"another matter\"}");
    server.ask(path + "/notes", "{\"text\":\"it was the cache\"}");

    assertThat(server.get(path + "/timeline").body())
        .contains("it was the cache", "rolled back")
        .doesNotContain("another matter");
  }

  @Test
  void theReportNamesASourceInEverySentence() {
    server.ask(path + "/notes", "{\"text\":\"see [here](https://example.com)\\n# not a heading\"}");
    server.ask(
        path + "/change",
        "{\"commander\":\"dana@example.com\",\"status\":\"contained\",\"reason\":\"cut\"}");

    HttpResponse<String> answer = server.get(path + "/report");
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/markdown; charset=utf-8");
    String report = answer.body();
    assertThat(report.lines().filter(line -> line.startsWith("- ")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(")"), "names its source");
    assertThat(report)
        .startsWith("# Incident report: Refunds \\<b\\>twice\\</b\\>\n")
        .contains(
            "“two customers called”",
            "Dana leads.",
            "It was contained 20",
            "It is not resolved.",
            "The agent refunds, version ",
            "The agent front, asks refunds.",
            "The tool payments/refund, callable by refunds.",
            "The data source orders, reachable by refunds.",
            "Data labelled data=customer.",
            "Dana answers for agent refunds, data source orders, tool server payments.",
            "No alarm was named",
            "Detection, from began to opened: 0 h 00 min",
            "Resolution, from opened to resolved: not resolved.",
            "money by payments/refund, done, not compensated; take\\_back could.",
            "“see \\[here\\](https://example.com) \\# not a heading”",
            "[ledger entry ")
        .contains("3 calls with effects")
        .doesNotContain("A-1");
    String open = report.substring(report.indexOf("## Still open"), report.indexOf("## Notes"));
    assertThat(open.lines().filter(line -> line.startsWith("- "))).hasSize(1);
  }

  @Test
  void theReportIsADocumentToPrintToo() {
    server.ask(path + "/notes", "{\"text\":\"see <script>alert('x')</script> & 'go'\"}");
    HttpResponse<String> answer = server.get(path + "/report?format=html");
    assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(answer.body())
        .startsWith("<!doctype html>")
        .contains(
            "<title>Incident report: Refunds &lt;b&gt;twice&lt;/b&gt;</title>",
            "see &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &#39;go&#39;",
            "@media print",
            "<a href=\"/runs/" + run + "\">")
        .doesNotContain("<script");
    String markdown = server.get(path + "/report").body();
    assertThat(answer.body().split("<li>", -1).length - 1)
        .isEqualTo((int) markdown.lines().filter(line -> line.startsWith("- ")).count());
    assertThat(server.get(path + "/report?format=pdf").body()).contains("format", "markdown");
  }

  @Test
  void whoMayNotSeeARunOfItIsToldHowManyAreLeftOut() {
    Otlp.send(server, Otlp.request(List.of(agent("stranger", 9))));
    server.await("it is known", () -> !runs("stranger").isEmpty());
    String other = runs("stranger").path(0).path("id").asString();
    String mixed =
        "/api/v1/incidents/"
            + server
                .ask(
                    "/api/v1/incidents",
                    """
                    {"title":"t","severity":"minor","runs":["%s","%s"],"reason":"r"}
                    """
                        .formatted(run, other))
                .path("id")
                .asString();
    String viewer =
        server
            .ask(
                "/api/v1/tokens",
                "{\"purpose\":\"test\",\"grants\":[{\"role\":\"viewer\",\"agents\":[\"refunds\"]}]}")
            .path("token")
            .asString();

    String report = get(mixed + "/report", viewer).body();
    assertThat(report).contains("1 more runs, which are unknown or not yours to see");
    assertThat(report).contains(run).doesNotContain("stranger", "front");
    assertThat(server.get(mixed + "/report").body()).contains("stranger");
    String outsider =
        server
            .ask(
                "/api/v1/tokens",
                "{\"purpose\":\"test\",\"grants\":[{\"role\":\"admin\",\"agents\":[\"research\"]}]}")
            .path("token")
            .asString();
    assertThat(get(mixed + "/report", outsider).statusCode()).isEqualTo(404);
    assertThat(get(mixed + "/timeline", outsider).statusCode()).isEqualTo(404);
  }

  @Test
  void theCommandsShowBoth() {
    String id = path.substring(path.lastIndexOf('/') + 1);
    server.ask(path + "/notes", "{\"text\":\"the feed was stale\"}");
    assertThat(run("incident", "timeline", id)).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said())
        .contains("in their words, ", "the feed was stale", "ledger entry ", "run " + run);
    assertThat(run("incident", "report", id)).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).startsWith("# Incident report: ").contains("## Timeline");
  }

  /// Entry of the ledger of the first line of the kind.
  private static long sequence(JsonNode story, String kind) {
    for (JsonNode line : story.path("items")) {
      if (line.path("kind").asString().equals(kind)) {
        return line.path("sequence").asLong();
      }
    }
    throw new AssertionError("no line of " + kind);
  }

  private static Span.Builder agent() {
    return agent("refunds", 1);
  }

  private static Span.Builder agent(String name, long trace) {
    return Otlp.span(trace, 1, 0, "invoke_agent " + name)
        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
        .addAttributes(Otlp.text("gen_ai.agent.name", name));
  }

  private static Span.Builder call(long id, String tool, String arguments) {
    Span.Builder span = Otlp.span(1, id, 1, "execute_tool " + tool);
    return span.setStartTimeUnixNano(span.getStartTimeUnixNano() + id * 1_000_000L)
        .addAttributes(Otlp.text("gen_ai.operation.name", "execute_tool"))
        .addAttributes(Otlp.text("gen_ai.tool.name", tool))
        .addAttributes(Otlp.text("gen_ai.tool.call.arguments", arguments));
  }

  private JsonNode runs(String agent) {
    return server.json("/api/v1/runs?agent=" + agent).path("items");
  }

  private int effects() {
    if (runs("refunds").isEmpty()) {
      return 0;
    }
    run = runs("refunds").path(0).path("id").asString();
    return server.json("/api/v1/runs/" + run + "/effects").path("items").size();
  }

  private HttpResponse<String> get(String asked, String token) {
    return server.send(
        HttpRequest.newBuilder(server.uri(asked))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--server", server.uri("/").toString(), "--token", server.token()));
    return terminal.run(all.toArray(String[]::new));
  }
}
