// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.Cost;
import dev.steward.domain.LoopRule;
import dev.steward.gateway.turn.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Watches one run go by, step by step, and says when it goes round. It keeps digests and counts
/// within fixed bounds, and no text but names of tools. Not thread-safe; [Loops] takes care of
/// that.
public final class LoopWatch {
  private final LoopLimits limits;
  private final Pace pace;
  private final Conversations conversations = new Conversations();
  private final Conversation tools = new Conversation(0);
  private final Delegations delegations = new Delegations();
  private final LastMinute lastMinute = new LastMinute();
  private final EnumSet<LoopRule> told = EnumSet.noneOf(LoopRule.class);
  private Optional<Loop> stopped = Optional.empty();
  private long steps;

  /// @param pace what runs of this agent spend, shared by its watches
  LoopWatch(LoopLimits limits, Pace pace) {
    this.limits = limits;
    this.pace = pace;
  }

  /// A watch for a run of an agent of which nothing is known yet.
  public LoopWatch(LoopLimits limits) {
    this(limits, new Pace());
  }

  /// The loop that stops this run, from the step on in which it was found.
  public Optional<Loop> stopped() {
    return stopped;
  }

  public long steps() {
    return steps;
  }

  /// Loops that this step shows for the first time. One that was left and begins anew is told anew.
  public List<Loop> observe(Step step) {
    List<Loop> loops = new ArrayList<>();
    for (Found found : look(step)) {
      LoopLimits.Limit limit = limits.at(found.rule());
      if (found.count() < limit.threshold()) {
        told.remove(found.rule());
      } else if (told.add(found.rule())) {
        loops.add(
            new Loop(
                found.rule(),
                limit.action(),
                found.count(),
                limit.threshold(),
                found.reason(),
                step.at()));
      }
    }
    for (Loop loop : loops) {
      if (stopped.isEmpty() && loop.stops()) {
        stopped = Optional.of(loop);
      }
    }
    return loops;
  }

  private List<Found> look(Step step) {
    return switch (step) {
      case Step.Asked asked -> asked(asked);
      case Step.Answered answered -> answered(answered);
      case Step.ToolCalled called -> called(called);
      case Step.Delegated delegated -> {
        delegations.begins(delegated.from(), delegated.to());
        yield delegations.found().stream().toList();
      }
    };
  }

  private List<Found> asked(Step.Asked asked) {
    steps++;
    Conversations.Place place = conversations.ask(asked);
    if (place.delegated()) {
      delegations.begins(place.conversation().level());
    }
    List<Found> found = new ArrayList<>(place.conversation().found());
    long same = place.conversation().sameRequest();
    found.add(
        new Found(
            LoopRule.SAME_REQUEST,
            same,
            "sent the very same request %d times in a row".formatted(same)));
    found.add(
        new Found(LoopRule.STEPS, steps, "asked a model %d times in one run".formatted(steps)));
    delegations.found().ifPresent(found::add);
    return found;
  }

  private List<Found> answered(Step.Answered answered) {
    conversations.answer(answered);
    if (!(answered.cost() instanceof Cost.Known known)) {
      return List.of();
    }
    BigDecimal spent = lastMinute.add(answered.at(), known.amount(), known.currency());
    Optional<Found> found = pace.spent(spent, known.currency());
    return found.isEmpty() ? List.of() : List.of(found.get());
  }

  private List<Found> called(Step.ToolCalled called) {
    OpenExchange exchange = new OpenExchange();
    exchange.does(new Turn.Call("", called.tool(), called.arguments()));
    exchange.gets(new Turn.Result("", called.answer()));
    exchange.close().ifPresent(tools::add);
    return tools.found();
  }
}
