// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.simulation;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.live.KillSwitch;
import dev.steward.domain.Cost;
import dev.steward.domain.Selector;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.approval.AskPeople;
import dev.steward.gateway.budget.Budgets;
import dev.steward.gateway.delegation.NoChains;
import dev.steward.gateway.estimate.TokenCounter;
import dev.steward.gateway.estimate.UsageEstimate;
import dev.steward.gateway.estimate.WorstCases;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.loop.LoopMemory;
import dev.steward.gateway.loop.Loops;
import dev.steward.gateway.record.Effects;
import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.record.ToolRecords;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.tool.ClientAbilities;
import dev.steward.gateway.tool.LiveTools;
import dev.steward.gateway.tool.Offers;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolGateway;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.server.log.EffectLedger;
import dev.steward.store.file.FileBudgetLog;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.rate.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// What one process holds in memory: the gateway over what outlives it.
final class GatewayProcess {
  private final ControlFixture control;
  private final Fate fate;
  private final FileBudgetLog budgetLog;
  private final Budgets budgets;
  private final Effects effects;
  private final KillSwitch stops;
  private final ToolGateway gateway;
  private boolean journalFull;
  private int records;

  GatewayProcess(
      Path folder,
      ControlFixture control,
      EffectLedger activity,
      LiveTools tools,
      Random ids,
      Supplier<String> approvalIds,
      Fate fate) {
    this.control = control;
    this.fate = fate;
    stops = KillSwitch.of(control.control(), Duration.ofSeconds(1));
    Flights flights = new Flights(stops::killed, stops::reason);
    stops.connect(flights);
    budgetLog = FileBudgetLog.open(folder.resolve("budgets"));
    budgets = Budgets.open(control.control(), "node", fate.over(budgetLog), control::now, _ -> {});
    effects = new Effects(fate.over(activity), control::now);
    PriceBook prices = (_, _, _, _, _) -> new Cost.Unknown("none");
    gateway =
        new ToolGateway(
            control::state,
            new Places(new Strands(100, Diary.NONE), ids),
            flights,
            new Offers(control::state, tools, control::now),
            AskPeople.over(
                control.control(),
                control::now,
                approvalIds,
                () -> "http://steward",
                dev.steward.gateway.approval.RunStarters.NONE),
            new LoopStep(new Loops(100, Duration.ofHours(1), LoopMemory.none())),
            new Runs(100, Duration.ofHours(1)),
            NoChains.of(control::now),
            new MoneyStep(
                budgets,
                new WorstCases(prices, new TokenCounter(), control::now, WorstCases.OUTPUT_MAX),
                new UsageEstimate(new TokenCounter()),
                prices),
            effects,
            new Journal(),
            control::now);
  }

  /// One call, until its outcome is written.
  ToolEnding call(String run, String tool, ObjectNode arguments, ToolSend send) {
    Caller caller =
        new Caller(
            control.state().agentKeyById("key-1").orElseThrow(),
            control.state().agent("clerk").orElseThrow(),
            control.state().versionInForce("clerk", "development").orElseThrow());
    ToolOrigin origin = new ToolOrigin(run, "", "", "", "", "", "");
    ToolAsked asked =
        new ToolAsked(caller, origin, "bank", tool, arguments, "", ClientAbilities.NONE);
    try {
      return gateway.call(asked, send);
    } finally {
      effects.close();
    }
  }

  void kill(String id) {
    stops.kill(new Command.Kill(id, Selector.agent("clerk"), "it pays too much"), Actor.SYSTEM);
  }

  void restore(String id, Actor by) {
    stops.restore(new Command.Restore(id, "it was looked at"), by);
  }

  void journalFull(boolean full) {
    journalFull = full;
  }

  /// Records of calls that it kept.
  int records() {
    return records;
  }

  /// Dies here, if that is its fate.
  void reaches(Fate.Moment moment) {
    fate.reaches(moment);
  }

  boolean dead() {
    return fate.dead();
  }

  /// Ends as it must, or leaves everything as its death left it.
  void end() {
    if (fate.dead()) {
      budgetLog.abandon();
    } else {
      budgets.close();
    }
    stops.close();
  }

  private final class Journal implements ToolRecords {
    @Override
    public void check() {
      if (journalFull) {
        throw new RefusedException(Refusal.of(Refusal.Kind.UNRECORDED, "the journal is full"));
      }
    }

    @Override
    public void record(ToolRecord call) {
      if (!fate.dead()) {
        records++;
      }
    }
  }
}
