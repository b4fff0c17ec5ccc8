// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.Cost;
import dev.steward.domain.LoopRule;
import dev.steward.gateway.conversation.Conversation;
import dev.steward.gateway.conversation.Conversations;
import dev.steward.gateway.conversation.Found;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Watches one run go by, step by step, and says when it goes round. It keeps digests and counts
/// within fixed bounds, and no text but names of tools. Not thread-safe; [Loops] takes care of
/// that.
public final class LoopWatch {
  private LoopLimits limits;
  private final Pace pace;
  private final Conversations conversations;
  private final Conversation tools = new Conversation(0);
  private final Delegations delegations;
  private final LastMinute lastMinute;
  private final EnumSet<LoopRule> told = EnumSet.noneOf(LoopRule.class);
  private Optional<Loop> stopped = Optional.empty();
  private long steps;

  /// @param pace what runs of this agent spend, shared by its watches
  /// @param before how far the run had come when it was last watched
  LoopWatch(LoopLimits limits, Pace pace, Progress before) {
    this.limits = limits;
    this.pace = pace;
    this.steps = before.steps();
    this.conversations = new Conversations(before.conversations());
    this.delegations = new Delegations(before.widths());
    this.lastMinute = new LastMinute(before.spent());
    this.told.addAll(before.told());
  }

  /// A watch for a run of an agent of which nothing is known yet.
  public LoopWatch(LoopLimits limits) {
    this(limits, new Pace(), Progress.NONE);
  }

  /// The limits that hold from now on.
  void limits(LoopLimits now) {
    limits = now;
  }

  /// The loop that stops this run, from the step on in which it was found.
  public Optional<Loop> stopped() {
    return stopped;
  }

  /// How far the run has come.
  Progress progress() {
    return new Progress(
        steps, told, delegations.widths(), lastMinute.spent(), conversations.kept());
  }

  /// Loops that this step shows for the first time. One that was left and begins anew is told anew.
  public List<Loop> observe(Step step) {
    List<Loop> loops = new ArrayList<>();
    switch (step) {
      case Step.Asked asked -> asked(asked, loops);
      case Step.Answered answered -> answered(answered, loops);
      case Step.ToolCalled called -> {
        tools.used(called.tool(), called.arguments(), called.answer());
        tell(tools.found(), tools.told(), step.at(), loops);
      }
      case Step.Delegated delegated -> {
        delegations.begins(delegated.from(), delegated.to());
        tell(delegations.found().stream().toList(), told, step.at(), loops);
      }
    }
    for (Loop loop : loops) {
      if (stopped.isEmpty() && loop.stops()) {
        stopped = Optional.of(loop);
      }
    }
    return loops;
  }

  private void asked(Step.Asked asked, List<Loop> loops) {
    steps++;
    Conversations.Place place =
        conversations.ask(asked.call(), asked.messages(), asked.continues());
    Conversation conversation = place.conversation();
    if (place.delegated()) {
      delegations.begins(conversation.level());
    }
    tell(conversation.found(), conversation.told(), asked.at(), loops);
    List<Found> found = new ArrayList<>(delegations.found().stream().toList());
    found.add(
        new Found(
            LoopRule.STEPS, steps, () -> "asked a model %d times in one run".formatted(steps)));
    tell(found, told, asked.at(), loops);
  }

  private void answered(Step.Answered answered, List<Loop> loops) {
    conversations.answer(answered.call(), answered.turns(), answered.id());
    if (answered.cost() instanceof Cost.Known known) {
      BigDecimal spent = lastMinute.add(answered.at(), known.amount(), known.currency());
      List<Found> found = pace.spent(spent, known.currency()).stream().toList();
      tell(found, told, answered.at(), loops);
    }
  }

  /// @param already what was told of the same matter and is not over
  private void tell(List<Found> all, EnumSet<LoopRule> already, Instant at, List<Loop> loops) {
    for (Found found : all) {
      LoopRule.Limit limit = limits.at(found.rule());
      if (found.count() < limit.threshold()) {
        already.remove(found.rule());
      } else if (already.add(found.rule())) {
        loops.add(
            new Loop(
                found.rule(),
                limit.action(),
                found.count(),
                limit.threshold(),
                found.reason().get(),
                limits.policy(found.rule()),
                at));
      }
    }
  }
}
