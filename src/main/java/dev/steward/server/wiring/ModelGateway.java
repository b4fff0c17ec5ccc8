// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import com.google.api.client.http.javanet.NetHttpTransport;
import dev.steward.control.live.UndeclaredChanges;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.state.State;
import dev.steward.gateway.Gateway;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.budget.Budgets;
import dev.steward.gateway.credential.SecretKeys;
import dev.steward.gateway.declared.Declarations;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.estimate.TokenCounter;
import dev.steward.gateway.estimate.UsageEstimate;
import dev.steward.gateway.estimate.WorstCases;
import dev.steward.gateway.forwarding.Forwarding;
import dev.steward.gateway.health.UpstreamCounters;
import dev.steward.gateway.identity.ModelChoices;
import dev.steward.gateway.loop.LoopMemory;
import dev.steward.gateway.loop.Loops;
import dev.steward.gateway.proposal.Proposals;
import dev.steward.gateway.record.CallRecords;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.relay.Streams;
import dev.steward.gateway.rollout.Arms;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.RunUsers;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.shadow.Shadows;
import dev.steward.gateway.span.Recorder;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.token.GoogleTokens;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.upstream.ProviderGates;
import dev.steward.gateway.upstream.Routing;
import dev.steward.gateway.upstream.UpstreamEvents;
import dev.steward.server.drill.DrillGateways;
import dev.steward.server.model.ModelRoutes;
import dev.steward.server.section.GatewayConfig;
import dev.steward.server.state.StatePrices;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.rate.PriceBook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The way of model calls, put together.
///
/// @param undeclared what processes sent that their versions do not declare
/// @param drills makes gateways like it for drills
/// @param shared with the way of tool calls
record ModelGateway(
    Gateway gateway,
    ModelRoutes routes,
    UpstreamHealth health,
    UndeclaredChanges undeclared,
    DrillGateways drills,
    Shared shared) {
  /// Places in conversations that are remembered; each takes less than 1 kB.
  static final int CONVERSATIONS_MAX = 50_000;

  private static final int DRILL_CONVERSATIONS_MAX = 1_000;
  private static final int RUNS_WATCHED = 4096;
  private static final Duration RUN_QUIET = Duration.ofHours(1);
  private static final int RUNS_REMEMBERED = 10_000;
  private static final Duration RUN_REMEMBERED = Duration.ofHours(12);

  /// What knows of runs, whatever they call.
  record Shared(
      Places places, Loops loops, Runs runs, MoneyStep money, Relay relay, Recorder recorder) {}

  static ModelGateway open(
      GatewayConfig config,
      Supplier<State> state,
      Ingest ingest,
      Live live,
      Diary diary,
      LoopMemory loops,
      Diary undeclared,
      RunUsers users,
      Arms arms,
      Chains chains,
      Shadows shadows,
      Budgets budgets,
      InstantSource clock,
      RandomGenerator random,
      Closing closing) {
    // The first call would else wait until all policies are read.
    Thread.ofVirtual().name("policies-warm").start(() -> state.get().policies());
    PriceBook prices = new StatePrices(state);
    TokenCounter tokens = new TokenCounter();
    Recorder recorder = closing.add(new Recorder(ingest, clock));
    Streams streams = closing.add(new Streams(System::nanoTime, config.commentAfter()));
    streams.start();
    ProviderGates gates = new ProviderGates();
    UpstreamCounters health = new UpstreamCounters(state, gates, clock);
    Parts parts =
        new Parts(
            live,
            new MoneyStep(
                budgets,
                new WorstCases(prices, tokens, clock, WorstCases.OUTPUT_MAX),
                new UsageEstimate(tokens),
                prices),
            new Relay(streams, clock),
            chains,
            clock,
            random);
    Places places = new Places(new Strands(CONVERSATIONS_MAX, diary), random, users, arms, shadows);
    Loops watched = new Loops(RUNS_WATCHED, RUN_QUIET, loops);
    Runs runs = runs();
    Declarations declarations = new Declarations(undeclared);
    Gateway gateway =
        parts.gateway(state, places, declarations, watched, runs, gates, health, recorder);
    DrillGateways drills =
        (drilled, drillGates) ->
            parts.gateway(
                () -> drilled,
                new Places(new Strands(DRILL_CONVERSATIONS_MAX, Diary.NONE), random),
                new Declarations(Diary.NONE),
                new Loops(RUNS_WATCHED, RUN_QUIET, LoopMemory.none()),
                runs(),
                drillGates,
                new UpstreamCounters(() -> drilled, drillGates, clock),
                record -> {});
    return new ModelGateway(
        gateway,
        new ModelRoutes(gateway, config.requestLimit().bytes()),
        health,
        declarations.changes(),
        drills,
        new Shared(places, watched, runs, parts.money(), parts.relay(), recorder));
  }

  private static Runs runs() {
    return new Runs(RUNS_REMEMBERED, RUN_REMEMBERED);
  }

  /// What a gateway of this server is made of.
  private record Parts(
      Live live,
      MoneyStep money,
      Relay relay,
      Chains chains,
      InstantSource clock,
      RandomGenerator random) {

    Gateway gateway(
        Supplier<State> state,
        Places places,
        Declarations declarations,
        Loops loops,
        Runs runs,
        ProviderGates gates,
        UpstreamEvents events,
        CallRecords records) {
      return new Gateway(
          state,
          new ModelChoices(random),
          places,
          live.flights(),
          loops,
          runs,
          chains,
          declarations,
          new Proposals(runs, Optional.of(live.asking()), clock),
          money,
          new Forwarding(
              new Routing(new HttpUpstream(), gates, events, clock, random),
              new GoogleTokens(new SecretKeys(live.store()), NetHttpTransport::new),
              relay,
              clock),
          records,
          clock);
    }
  }
}
