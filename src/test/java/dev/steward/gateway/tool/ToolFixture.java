// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.budget.Budgets;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.delegation.NoChains;
import dev.steward.gateway.estimate.TokenCounter;
import dev.steward.gateway.estimate.UsageEstimate;
import dev.steward.gateway.estimate.WorstCases;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.loop.LoopMemory;
import dev.steward.gateway.loop.Loops;
import dev.steward.gateway.record.ActivityLog;
import dev.steward.gateway.record.EffectEntry;
import dev.steward.gateway.record.Effects;
import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.record.ToolRecords;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.store.file.FileBudgetLog;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.rate.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/// A tool gateway over a real Control and real budgets, in front of a tool server that is a list of
/// definitions and a word on how it answers.
final class ToolFixture implements AutoCloseable {
  static final String BANK =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: bank}
      spec:
        owner: dana@example.com
        url: http://127.0.0.1:9/mcp
        tools:
          - {name: balance, description: Tells the balance., effect: read, labels: [customer]}
          - name: pay
            description: Pays.
            effect: money
            price: {amount: 0.50, currency: USD}
            inputSchema:
              type: object
              properties: {to: {type: string}, amount: {type: number, minimum: 0}}
              required: [to, amount]
              additionalProperties: false
          - name: account
            effect: read
            outputSchema:
              type: object
              properties: {name: {type: string}, iban: {type: string}}
              required: [name]
              additionalProperties: false
          - {name: wipe, effect: delete}
      """;

  static final String CLERK =
      """
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: clerk, labels: {team: support}}
      spec:
        owner: dana@example.com
        purpose: Pays bills.
        risk: high
        version:
          models: [{use: main, model: m, provider: p}]
          tools: [{server: bank, tools: [balance, pay, account, wipe]}]
      """;

  final ControlFixture control;
  final FakeServer server = new FakeServer();
  final Activity activity = new Activity();
  final Records records = new Records();
  final FakeApprovals approvals = new FakeApprovals();
  final Places places = new Places(new Strands(100, Diary.NONE), new Random(7));
  final Offers offers;
  final Flights flights;
  final ToolGateway gateway;
  private final KillSwitch stops;
  private final Budgets budgets;
  private final Effects effects;

  final Chains chains;

  ToolFixture(Path folder, String... manifests) {
    control = new ControlFixture(folder);
    control.apply(
        """
        apiVersion: steward/v1
        kind: Person
        metadata: {name: dana@example.com}
        spec: {displayName: Dana Smith, grants: [{role: developer, teams: [support]}]}
        """);
    control.apply(BANK);
    control.apply(CLERK);
    for (String manifest : manifests) {
      control.apply(manifest);
    }
    server.offers(control.state().find(ToolServer.class, "bank").orElseThrow());
    stops = KillSwitch.of(control.control(), Duration.ofSeconds(1));
    flights = new Flights(stops::killed, stops::reason);
    stops.connect(flights);
    budgets =
        Budgets.open(
            control.control(),
            "node",
            FileBudgetLog.open(folder.resolve("budgets")),
            control::now,
            _ -> {});
    effects = new Effects(activity, control::now);
    offers = new Offers(control::state, server, control::now);
    PriceBook prices = (_, _, _, _, _) -> new dev.steward.domain.Cost.Unknown("none");
    chains = NoChains.of(control::now);
    gateway =
        new ToolGateway(
            control::state,
            places,
            flights,
            offers,
            approvals,
            new LoopStep(new Loops(100, Duration.ofHours(1), LoopMemory.none())),
            new Runs(100, Duration.ofHours(1)),
            chains,
            new MoneyStep(
                budgets,
                new WorstCases(prices, new TokenCounter(), control::now, WorstCases.OUTPUT_MAX),
                new UsageEstimate(new TokenCounter()),
                prices),
            effects,
            records,
            control::now);
  }

  /// A policy in its shortest form.
  static String policy(String name, String... rules) {
    return "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: "
        + name
        + "}\nspec:\n  rules:\n    - "
        + String.join("\n    - ", rules)
        + "\n";
  }

  Caller clerk() {
    AgentKey key =
        new AgentKey(
            "key",
            Digest.of("key"),
            "clerk",
            "development",
            "",
            ControlFixture.START,
            Actor.SYSTEM,
            null);
    return new Caller(
        key,
        control.state().agent("clerk").orElseThrow(),
        control.state().versionInForce("clerk", "development").orElseThrow());
  }

  ToolEnding call(String tool, String arguments) {
    return call(tool, arguments, ToolOrigin.NONE, "");
  }

  ToolEnding call(String tool, String arguments, ToolOrigin origin, String reason) {
    return gateway.call(
        new ToolAsked(
            clerk(),
            origin,
            "bank",
            tool,
            (ObjectNode) CanonicalJson.read(arguments),
            reason,
            ClientAbilities.NONE),
        server);
  }

  static ToolOrigin run(String name) {
    return new ToolOrigin(name, "", "", "", "", "", "");
  }

  void kill(String id) {
    kill(id, Selector.agent("clerk"));
  }

  void kill(String id, Selector whom) {
    stops.kill(new Command.Kill(id, whom, "it pays too much"), Actor.SYSTEM);
  }

  /// Waits until all outcomes are written.
  List<EffectEntry> entries() {
    effects.close();
    return activity.entries();
  }

  ToolRecord record() {
    return records.all.getLast();
  }

  @Override
  public void close() {
    effects.close();
    budgets.close();
    stops.close();
    control.close();
  }

  /// An activity ledger in memory, that refuses when told.
  static final class Activity implements ActivityLog {
    private final List<EffectEntry> entries = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();
    volatile boolean refuses;

    @Override
    public synchronized void append(byte[] entry) {
      if (refuses
          && new String(entry, java.nio.charset.StandardCharsets.UTF_8).contains("intent")) {
        throw new ApiException(ErrorCode.STORAGE_FAILED, "the disk is full");
      }
      entries.add(EffectEntry.read(entry).orElseThrow());
      if (entries.getLast() instanceof EffectEntry.Intent) {
        sequences.add(CanonicalJson.read(entry).path("state").asLong());
      }
    }

    /// The states that decided on what was intended.
    synchronized List<Long> sequences() {
      return List.copyOf(sequences);
    }

    synchronized List<EffectEntry> entries() {
      return List.copyOf(entries);
    }
  }

  /// Records in memory, that cannot be kept when told.
  static final class Records implements ToolRecords {
    final List<ToolRecord> all = new ArrayList<>();
    boolean refuses;

    @Override
    public void check() {
      if (refuses) {
        throw new RefusedException(
            Refusal.of(Refusal.Kind.UNRECORDED, "the journal is full: ask again later"));
      }
    }

    @Override
    public void record(ToolRecord call) {
      all.add(call);
    }
  }

  /// A tool server that answers as told, and notes what was in the ledger when it was called.
  final class FakeServer implements LiveTools, ToolSend {
    final Map<String, ObjectNode> definitions = new HashMap<>();
    final List<Sending> sent = new ArrayList<>();
    final List<List<EffectEntry>> before = new ArrayList<>();
    ToolSend answers =
        _ -> (ObjectNode) CanonicalJson.read("{\"content\":[{\"type\":\"text\",\"text\":\"ok\"}]}");
    int fetched;

    void offers(ToolServer declared) {
      definitions.clear();
      for (ToolServer.Tool tool : declared.tools()) {
        ObjectNode definition = CanonicalJson.object();
        definition.put("name", tool.name());
        definition.put("description", tool.description());
        definition.set("inputSchema", CanonicalJson.read(tool.inputSchemaJson()));
        definition.set("outputSchema", CanonicalJson.read(tool.definition().outputSchemaJson()));
        definitions.put(tool.name(), definition);
      }
    }

    @Override
    public List<ObjectNode> fetch(ToolServer asked) {
      fetched++;
      return List.copyOf(definitions.values());
    }

    @Override
    public ObjectNode send(Sending sending) throws ToolServerException {
      before.add(activity.entries());
      sent.add(sending);
      return answers.send(sending);
    }
  }
}
