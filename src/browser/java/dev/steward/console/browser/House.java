// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import dev.steward.demo.Fleet;
import dev.steward.demo.Operator;
import dev.steward.demo.talk.Curtain;
import dev.steward.demo.talk.Prompter;
import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.folder.DataFolder;
import dev.steward.store.journal.FileJournal;
import dev.steward.store.journal.JournalConfig;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A server with the demo's fleet, a few days of its history, odd traces and dead letters.
final class House implements AutoCloseable {
  private static final int DAYS = 3;
  private static final long SEED = 7;
  private static final int LETTERS = 3;

  private static final Map<String, String> SETTINGS =
      Map.of("store.memory", "256MiB", "drift.baseline-runs", "200", "drift.look-every", "500ms");

  private static final String POLICIES =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: refunds-need-a-human}
      spec:
        agents: {labels: {team: support}}
        environments: [production]
        rules:
          - {effects: [read], effect: allow}
          - {name: small, tool: payments/refund, effect: allow, when: "call.tool == 'refund' && cost < 0.05", limit: {calls: 20, per: 1h}}
          - {name: large, tool: payments/refund, effect: require_approval, approvers: [dana@example.com], expires: 30m}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: claims-in-development}
      spec:
        agents: [claims]
        environments: [development]
        rules:
          - {name: reading, effects: [read], effect: allow}
          - {name: paying, tool: claims-desk/approve_claim, effect: require_approval, approvers: [tomas@example.com]}
          - {name: letters, tool: claims-desk/decline_claim, effect: allow, when: "run.steps < 20"}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: research-only-reads}
      spec:
        mode: shadow
        agents: [research]
        rules:
          - {name: reading, effects: [read], effect: allow, redact: [customer.iban], reason: true}
          - {models: [gpt-5, gpt-5-mini], effect: allow}
          - {delegates: ["*"], effect: deny}
      """;

  private static final String MONEY =
      """
      apiVersion: steward/v1
      kind: Price
      metadata: {name: refunds}
      spec: {provider: payments, model: refund, match: [get_order], per: {tool-call: 0.0021}}
      ---
      apiVersion: steward/v1
      kind: Price
      metadata: {name: mail}
      spec: {provider: mail, model: search_mail, per: {api-call: 0.01}}
      ---
      apiVersion: steward/v1
      kind: Price
      metadata: {name: people}
      spec: {provider: people, model: "*", per: {review-minute: 1.35}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: support-monthly}
      spec: {scope: {team: support}, window: {every: month}, limit: {cost: 500, currency: USD}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: everything-daily}
      spec: {scope: {}, window: {every: day}, limit: {calls: 20000}}
      """;

  private static final String GATES =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: tested}
      spec: {environments: [staging, canary, production], requires: check, check: integration-tests}
      ---
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: proved}
      spec: {requires: policy-proof, statements: [agent support never calls payments/refund without approval]}
      ---
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: paid-for}
      spec: {requires: budget}
      """;

  private final Path folder;
  private final TestServer server;

  private final Shop shop;
  private String tillKey = "";

  private House(Path folder, TestServer server, Shop shop) {
    this.folder = folder;
    this.shop = shop;
    this.server = server;
  }

  static House open() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("steward-browser-");
    journalWhatCannotBeRead(folder);
    House house = new House(folder, TestServer.open(folder, SETTINGS), Shop.open());
    house.fill();
    return house;
  }

  /// One that came into force, and one that waits at its gates.
  private void release() {
    server.ask(
        "/api/v1/releases",
        "{\"agent\":\"research\",\"to\":\"staging\",\"reason\":\"reads less\"}");
    server.apply(GATES);
    server.ask(
        "/api/v1/releases",
        "{\"agent\":\"support\",\"to\":\"staging\",\"reason\":\"a shorter prompt\"}");
  }

  TestServer server() {
    return server;
  }

  String address() {
    return server.steward().address();
  }

  /// Sends spans as a sender without a key does.
  void send(List<Span.Builder> spans) {
    HttpRequest post =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(Otlp.request(spans).toByteArray()))
            .build();
    HttpResponse<String> response = server.send(post);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  private void fill() throws InterruptedException {
    server.apply(manifests());
    server.apply(POLICIES);
    server.apply(MONEY);
    server.apply(shop.manifests());
    release();
    server.json("/api/v1/toolservers/shop/tools?refresh=true");
    tillKey = key("till");
    Fleet.Home home = new Fleet.Home(server.otlpUri("/"), URI.create(address()));
    Fleet.Script script = new Fleet.Script(Instant.now(), DAYS, SEED);
    // the history alone is played: nobody asks a model, and nobody is stopped
    try (Fleet fleet =
        new Fleet(home, keys(), script, new Prompter(), Operator.NOBODY, new Curtain())) {
      fleet.playHistory();
    }
    List<Span.Builder> spans = OddRuns.longRun();
    for (int from = 0; from < spans.size(); from += 2_500) {
      send(spans.subList(from, from + 2_500));
    }
    send(OddRuns.failed());
    send(OddRuns.stranger());
    send(OddRuns.hostile());
    send(OddRuns.open());
    server.await(
        "everything is loaded", () -> server.json("/api/v1/ingest").get("waiting").asLong() == 0);
    server.await(
        "claims is compared with what it was like",
        () -> server.json("/api/v1/drift?agent=claims").at("/items/0/runs").asInt() > 100);
  }

  private Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    for (String agent : Fleet.registeredAgents()) {
      keys.put(agent, key(agent));
    }
    return keys;
  }

  private String key(String agent) {
    String asked = "{\"agent\":\"%s\",\"environment\":\"%s\"}".formatted(agent, Fleet.ENVIRONMENT);
    return server.ask("/api/v1/keys", asked).get("key").stringValue();
  }

  /// Lets the till ask to pay back, which needs people.
  void payBack(String arguments) {
    HttpRequest call =
        HttpRequest.newBuilder(server.uri("/mcp/shop"))
            .headers("Content-Type", "application/json", "Authorization", "Bearer " + tillKey)
            .headers("Accept", "application/json, text/event-stream")
            .headers("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call")
            .headers("Mcp-Name", "pay_back", "x-steward-run", "run-till")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay_back",\
                    "arguments":%s,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                    "io.modelcontextprotocol/clientCapabilities":{}}}}\
                    """
                        .formatted(arguments)))
            .build();
    HttpResponse<String> response = server.send(call);
    if (!response.body().contains("a person must agree")) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  private static String manifests() {
    try (InputStream stream = House.class.getResourceAsStream("/demo/fleet.yaml")) {
      if (stream == null) {
        throw new IllegalStateException("the demo's manifests are not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Leaves records for the server to find that say one span and hold none.
  private static void journalWhatCannotBeRead(Path folder) {
    FileJournal journal = FileJournal.open(new DataFolder(folder).journal(), JournalConfig.DEFAULT);
    try {
      for (int i = 0; i < LETTERS; i++) {
        journal.append(
            new JournalRecord(
                JournalRecord.Signal.TRACES,
                1,
                Instant.now(),
                Sender.UNKNOWN,
                OddRuns.unreadable()));
      }
    } finally {
      journal.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    shop.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
