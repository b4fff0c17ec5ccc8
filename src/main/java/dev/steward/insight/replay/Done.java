// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import dev.steward.domain.Cost;
import dev.steward.domain.call.RunSoFar;
import dev.steward.trace.span.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was done in a trace up to some step of it, as the gateway counts.
final class Done {
  private static final Cost NOTHING =
      new Cost.Known(BigDecimal.ZERO, "USD", Cost.Source.PRICED, "");

  private final String run;
  private final Set<String> tools = new LinkedHashSet<>();
  private final Set<String> actors = new LinkedHashSet<>();
  private final Set<String> answers = new HashSet<>();
  private long steps;
  private @Nullable Cost spent;

  Done(String run) {
    this.run = run;
  }

  RunSoFar soFar() {
    return new RunSoFar(run, steps, spent == null ? NOTHING : spent, tools);
  }

  /// Agents that were at work before this one was.
  List<String> chain(String agent) {
    List<String> before = new ArrayList<>();
    for (String actor : actors) {
      if (actor.equals(agent)) {
        break;
      }
      before.add(actor);
    }
    return before;
  }

  void called(String agent, String tool, @Nullable Cost cost) {
    step(agent, cost);
    tools.add(tool);
  }

  /// A model call; one that is told of twice counts once.
  void asked(String agent, Span call) {
    String answer = call.model() == null ? null : call.model().responseId();
    if (answer == null || answers.add(answer)) {
      step(agent, call.total());
    }
  }

  private void step(String agent, @Nullable Cost cost) {
    actors.add(agent);
    steps++;
    if (cost != null) {
      spent = spent == null ? cost : sum(spent, cost);
    }
  }

  private static Cost sum(Cost one, Cost other) {
    if (!(one instanceof Cost.Known first)) {
      return one;
    }
    if (!(other instanceof Cost.Known second)) {
      return other;
    }
    return first.currency().equals(second.currency())
        ? new Cost.Known(
            first.amount().add(second.amount()), first.currency(), Cost.Source.PRICED, "")
        : new Cost.Unknown("it was spent in " + first.currency() + " and " + second.currency());
  }
}
