// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import com.microsoft.playwright.Page;
import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server of its own with an agent for each look, which succeeds more often since another model
/// answers it.
final class Drifting implements AutoCloseable {
  private static final int LEARNT = 200;
  private static final int SINCE = 300;
  private static final int MINUTES_APART = 10;

  private static final String DANA =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      """;

  private final TestServer server;
  private long traces = 10_000;

  private Drifting(TestServer server) {
    this.server = server;
  }

  static Drifting open(Path folder) {
    Map<String, String> settings =
        Map.of("drift.baseline-runs", Integer.toString(LEARNT), "drift.look-every", "200ms");
    Drifting drifting = new Drifting(TestServer.open(folder, settings));
    drifting.server.apply(DANA);
    for (Look look : Look.values()) {
      drifting.server.apply(manifest(look));
      drifting.play(look, 0, LEARNT, 2, "gpt-5-a");
    }
    for (Look look : Look.values()) {
      drifting.await(look, "/baseline/runs");
      drifting.play(look, LEARNT, SINCE, 20, "gpt-5-b");
    }
    for (Look look : Look.values()) {
      drifting.await(look, "/alarms/0/id");
    }
    return drifting;
  }

  static String agent(Look look) {
    return "claims-" + look.word();
  }

  private static String manifest(Look look) {
    return """
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: %s, labels: {team: claims}}
    spec:
      owner: dana@example.com
      purpose: Decides small claims.
      risk: limited
      version:
        models: [{use: main, model: gpt-5, provider: openai}]
    """
        .formatted(agent(look));
  }

  static String place(Look look) {
    return "/drift/" + agent(look) + "/production";
  }

  Visit visit(Guests guests, Look look) {
    Visit visit = guests.stranger(look, server.steward().address());
    Page page = visit.open("/login").page();
    page.getByLabel("Token").fill(server.token());
    page.getByText("Log in").last().click();
    page.waitForURL("**/now");
    return visit;
  }

  private void await(Look look, String what) {
    server.await(agent(look) + " has " + what, () -> !item(look, what).isEmpty());
  }

  private String item(Look look, String what) {
    return server.json("/api/v1/drift?agent=" + agent(look)).at("/items/0" + what).asString("");
  }

  /// Runs of which every n-th fails.
  private void play(Look look, int from, int count, int failing, String answers) {
    List<Span.Builder> spans = new ArrayList<>();
    for (int number = from; number < from + count; number++) {
      spans.addAll(run(look, number, number % failing == 0 ? "failure" : "success", answers));
    }
    ExportTraceServiceRequest.Builder request = Otlp.request(spans).toBuilder();
    request
        .getResourceSpansBuilder(0)
        .getResourceBuilder()
        .addAttributes(Otlp.text("deployment.environment.name", "production"));
    Otlp.send(server, request.build());
  }

  private List<Span.Builder> run(Look look, int number, String outcome, String answers) {
    long trace = traces++;
    Instant at = Instant.now().minusSeconds(60L * MINUTES_APART * (LEARNT + SINCE + 6 - number));
    long nanos = at.toEpochMilli() * 1_000_000L;
    long second = 1_000_000_000L;
    Span.Builder run =
        Otlp.span(trace, 1, 0, "invoke_agent " + agent(look))
            .setStartTimeUnixNano(nanos)
            .setEndTimeUnixNano(nanos + (5 + number % 7) * second)
            .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
            .addAttributes(Otlp.text("gen_ai.agent.name", agent(look)));
    run.addEventsBuilder()
        .setName("gen_ai.evaluation.result")
        .setTimeUnixNano(nanos + 5 * second)
        .addAttributes(Otlp.text("gen_ai.evaluation.name", "outcome"))
        .addAttributes(Otlp.text("gen_ai.evaluation.score.label", outcome));
    Span.Builder call =
        Otlp.span(trace, 2, 1, "chat gpt-5")
            .setStartTimeUnixNano(nanos + second)
            .setEndTimeUnixNano(nanos + 3 * second)
            .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
            .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
            .addAttributes(Otlp.text("gen_ai.agent.name", agent(look)))
            .addAttributes(Otlp.text("gen_ai.request.model", "gpt-5"))
            .addAttributes(Otlp.text("gen_ai.response.model", answers));
    return List.of(run, call);
  }

  @Override
  public void close() {
    server.close();
  }
}
