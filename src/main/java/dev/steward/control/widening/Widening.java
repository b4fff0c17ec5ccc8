// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.gate.Proved;
import dev.steward.control.gate.Proving;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What a change widens and narrows for the agents that run in canary and production.
///
/// @param widens none where it may act at once; the first of them where they are too many to read
/// @param narrows the first of them where they are too many
/// @param whole digest of all that widens
public record Widening(List<String> widens, List<String> narrows, Digest whole) {
  /// It changes nothing of what they may.
  public static final Widening NONE = new Widening(List.of(), List.of());

  private static final int LINES_MAX = 50;

  public Widening {
    widens = shortened(widens);
    narrows = shortened(narrows);
  }

  private Widening(List<String> widens, List<String> narrows) {
    this(widens, narrows, Digest.of(String.join("\n", new TreeSet<>(widens))));
  }

  /// Whether some of what widens is not among the lines.
  public boolean hides() {
    return widens.size() > LINES_MAX;
  }

  /// @param proving knows what was proved of policies; what it does not know yet counts as nothing
  public static Widening of(State state, Content content, Proving proving) {
    Words words = new Words();
    if (content.toppedUp().isPresent()) {
      new MoneyWidening(words).look(state, content.toppedUp().get());
      return new Widening(words.widens(), words.narrows());
    }
    List<Resource> concerned =
        content.all().stream().filter(resource -> controlled(state, resource)).toList();
    for (Resource resource : concerned) {
      if (resource instanceof Agent agent) {
        state.agent(agent.name()).ifPresent(before -> renamed(state, before, agent, words));
      }
    }
    List<Place> places = concerned.isEmpty() ? List.of() : Place.of(state);
    if (places.isEmpty()) {
      return words.widens().isEmpty() ? NONE : new Widening(words.widens(), words.narrows());
    }
    for (Resource resource : concerned) {
      for (Place place : places) {
        if (!words.full()) {
          look(state, resource, content, place, words);
        }
      }
    }
    boolean rules =
        concerned.stream()
            .anyMatch(
                one -> one instanceof Policy || one instanceof ToolServer || one instanceof Agent);
    if (rules) {
      proving
          .proved(new PolicyQuestion(state, content, places))
          .ifPresent(proved -> add(proved, words));
    }
    return new Widening(words.widens(), words.narrows());
  }

  private static boolean controlled(State state, Resource resource) {
    return resource instanceof Policy
        || resource instanceof ToolServer
        || resource instanceof Budget
        || resource instanceof Person
        || resource instanceof Price
        || (resource instanceof Agent agent
            && state
                .agent(agent.name())
                .filter(before -> AgentWidening.controlled(before, agent))
                .isPresent());
  }

  /// A version in force stays where it is when its environment becomes another stage: it would run
  /// in earnest without a release, or out of the sight of what is asked of releases there.
  private static void renamed(State state, Agent before, Agent after, Words words) {
    for (String environment : state.environments(before.name()).keySet()) {
      Optional<Stage> was = before.environments().stage(environment);
      Optional<Stage> is = after.environments().stage(environment);
      if (!was.equals(is) && (inEarnest(was) || inEarnest(is))) {
        words.widens(
            "%s in %s, where a version is in force, would be %s and not %s any more"
                .formatted(before.name(), environment, stage(is), stage(was)));
      }
    }
  }

  private static boolean inEarnest(Optional<Stage> stage) {
    return stage.filter(one -> one == Stage.CANARY || one == Stage.PRODUCTION).isPresent();
  }

  private static String stage(Optional<Stage> stage) {
    return stage.map(one -> "the stage " + one.word()).orElse("no stage");
  }

  private static void look(
      State state, Resource resource, Content content, Place place, Words words) {
    String name = resource.name();
    if (resource instanceof Budget) {
      state
          .find(Budget.class, name)
          .ifPresent(before ->
              new BudgetWidening(words)
                  .look(before, content.after(Budget.class, name), content, place));
    } else if (resource instanceof Agent agent && place.agent().name().equals(name)) {
      new AgentWidening(words).look(state, agent, content, place);
    } else if (resource instanceof Price) {
      new PriceWidening(words)
          .look(state.find(Price.class, name), content.after(Price.class, name), place);
    } else if (resource instanceof Policy) {
      new LoopWidening(words)
          .look(state.find(Policy.class, name), content.after(Policy.class, name), content, place);
    } else if (resource instanceof Person) {
      content
          .after(Person.class, name)
          .ifPresent(after -> new PersonWidening(words).look(state.person(name), after, place));
    } else if (resource instanceof ToolServer) {
      new ToolWidening(words)
          .look(state.find(ToolServer.class, name), content.after(ToolServer.class, name), place);
    }
  }

  private static void add(Proved proved, Words words) {
    switch (proved) {
      case Proved.Compared(List<String> gained, List<String> lost) -> {
        gained.forEach(words::widens);
        lost.forEach(words::narrows);
      }
      case Proved.Incomparable(String why) ->
          words.widens("what policies would let through cannot be compared: " + why);
      case Proved.Refuted(String statement, String why) ->
          words.widens("not so: " + statement + " (" + why + ")");
    }
  }

  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= LINES_MAX) {
      return List.copyOf(lines);
    }
    List<String> kept = new ArrayList<>(lines.subList(0, LINES_MAX));
    kept.add("and " + (lines.size() - LINES_MAX) + " more");
    return List.copyOf(kept);
  }
}
