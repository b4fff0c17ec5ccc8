// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.bound.BoundVersions;
import dev.steward.control.release.Agreement;
import dev.steward.control.release.GateResult;
import dev.steward.control.release.Pins;
import dev.steward.control.release.Proposing;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Shadowing;
import dev.steward.control.state.PersonBehind;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Where a release goes from here: what its gates say now, what it pins, and the state that
/// follows.
///
/// @param why in a sentence, without anybody's name
public record Course(Pins pins, List<GateResult> gates, ReleaseState next, String why) {
  /// The second person that every release to production needs.
  public static final String SECOND_PERSON = "second-person";

  /// The owner of an agent of high risk.
  public static final String OWNER = "owner";

  /// Somebody who lets a version act by itself that proposes or is a shadow, where no gate says
  /// when it may.
  public static final String PROMOTION = "promotion";

  /// A key that is bound to the version of a shadow: without one, whatever its process does that
  /// names no run would be taken for the live version's.
  public static final String BOUND_KEY = "bound-key";

  public Course {
    gates = List.copyOf(gates);
  }

  /// What a release would pin now; nothing where it waits and its version is not in force before
  /// any more.
  public static Pins pins(State state, ReleaseRecord record) {
    Release release = record.release();
    Optional<Agent> agent = state.agent(release.agent());
    return agent.isEmpty() || gone(state, record)
        ? Pins.NONE
        : pins(state, release, agent.get(), version(state, release));
  }

  private static Pins pins(State state, Release release, Agent agent, AgentVersion version) {
    return new Pinning(state).of(agent, version, release.to());
  }

  private static AgentVersion version(State state, Release release) {
    return state.version(release.agent(), release.version().hex()).orElseThrow();
  }

  /// Whether a version that waits is not in force any more where it comes from.
  private static boolean gone(State state, ReleaseRecord record) {
    Release release = record.release();
    Digest running = state.environments(release.agent()).get(release.from());
    return !record.begun() && !release.version().equals(running);
  }

  /// Judges a release that waits.
  ///
  /// @param proving knows what was proved
  public static Course of(State state, ReleaseRecord record, Instant now, Proving proving) {
    return of(state, record, now, proving, _ -> true);
  }

  /// Judges a release that was tried, is held and shall be tried again: by all gates but those that
  /// wait for what the trial shows.
  ///
  /// @param proving knows what was proved
  public static Course again(State state, ReleaseRecord record, Instant now, Proving proving) {
    return of(
        state, record, now, proving, gate -> !tells(gate.requirement(), record.release().to()));
  }

  private static boolean tells(Gate.Requirement requirement, String environment) {
    List<String> where =
        switch (requirement) {
          case Gate.CanaryPassed passed -> passed.environments();
          case Gate.CopilotAgreed agreed -> agreed.environments();
          case Gate.ShadowAgreed agreed -> agreed.environments();
          case Gate.PolicyProof _,
              Gate.Approvals _,
              Gate.Drilled _,
              Gate.BudgetPresent _,
              Gate.OwnerPresent _,
              Gate.Reported _,
              Gate.NoFreeze _ ->
              null;
        };
    return where != null && (where.isEmpty() || where.contains(environment));
  }

  private static Course of(
      State state, ReleaseRecord record, Instant now, Proving proving, Predicate<Gate> counts) {
    Release release = record.release();
    Optional<Agent> agent = state.agent(release.agent());
    if (agent.isEmpty() || gone(state, record)) {
      return new Course(
          Pins.NONE,
          List.of(),
          new ReleaseState.Refused(),
          agent.isEmpty()
              ? "the agent is not declared any more"
              : "its version is not in force in " + release.from() + " any more");
    }
    AgentVersion version = version(state, release);
    Pins pins = pins(state, release, agent.get(), version);
    List<String> agreed = agreed(record, pins.digest(), state);
    List<String> others = new ArrayList<>(agreed);
    others.remove(PersonBehind.orMaker(record.start().by(), state));
    GateJudge judge =
        new GateJudge(new Asked(state, record, agent.get(), version, others, now, proving));
    List<GateResult> results = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> closed = new ArrayList<>();
    for (Gate gate : gates(state, agent.get(), release.to())) {
      if (!counts.test(gate)) {
        continue;
      }
      GateResult result = judge.judge(gate);
      results.add(result);
      if (result.verdict() != GateVerdict.PASS) {
        (gate.requirement() instanceof Gate.Approvals ? missing : closed).add(gate.name());
      }
    }
    missing.addAll(people(release, agent.get(), agreed, others, state));
    if (record.waitsForEvidence() && !gated(state, agent.get(), record) && !promoted(record)) {
      missing.add(PROMOTION);
    }
    if (release.shadow() && !record.begun() && !hasKey(state, release)) {
      missing.add(BOUND_KEY);
    }
    if (record.begun() && !(closed.isEmpty() && missing.isEmpty())) {
      closed.addAll(missing);
      return new Course(
          pins,
          results,
          new ReleaseState.RollingOut(closed),
          "for all it waits for " + String.join(", ", closed));
    }
    if (!closed.isEmpty()) {
      return new Course(
          pins,
          results,
          new ReleaseState.WaitingForGates(closed),
          "it waits for " + String.join(", ", closed));
    }
    return missing.isEmpty()
        ? new Course(pins, results, new ReleaseState.Promoted(), "all that it needs holds")
        : new Course(
            pins,
            results,
            new ReleaseState.WaitingForApprovals(missing),
            "it waits for " + String.join(", ", missing));
  }

  private static boolean hasKey(State state, Release release) {
    return BoundVersions.hasKey(state, release.agent(), release.to(), release.version());
  }

  /// Whether a gate says when a version that proposes or is a shadow there may act by itself.
  private static boolean gated(State state, Agent agent, ReleaseRecord record) {
    String environment = record.release().to();
    String word = record.release().shadow() ? Gate.ShadowAgreed.WORD : Gate.CopilotAgreed.WORD;
    return gates(state, agent, environment).stream()
        .map(Gate::requirement)
        .anyMatch(
            requirement -> requirement.word().equals(word) && tells(requirement, environment));
  }

  /// Whether somebody has agreed since it began.
  private static boolean promoted(ReleaseRecord record) {
    Instant since =
        record
            .proposed()
            .map(Proposing::since)
            .or(() -> record.shadowed().map(Shadowing::since))
            .orElseThrow();
    return record.agreements().stream().anyMatch(agreement -> agreement.at().isAfter(since));
  }

  /// The gates before the environment, by name.
  public static List<Gate> gates(State state, Agent agent, String environment) {
    List<Gate> gates = new ArrayList<>();
    for (Gate gate : state.all(Gate.class)) {
      if (gate.meets(agent, environment)) {
        gates.add(gate);
      }
    }
    return gates;
  }

  /// Whether the release comes into another state, or pins something else.
  public boolean moves(ReleaseRecord record) {
    boolean refused = next instanceof ReleaseState.Refused;
    return !next.equals(record.state()) || (!refused && !pins.digest().equals(record.pins()));
  }

  /// Whether it says anything that is not on record.
  public boolean news(ReleaseRecord record) {
    if (moves(record)) {
      return true;
    }
    for (GateResult result : gates) {
      if (record.said(result.gate()).filter(result::equals).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// Ids of the people who agreed to what it pins now and are still there.
  private static List<String> agreed(ReleaseRecord record, Digest pins, State state) {
    List<String> people = new ArrayList<>();
    for (Agreement agreement : record.agreements()) {
      if (agreement.pins().equals(pins) && state.person(agreement.person()).isPresent()) {
        people.add(agreement.person());
      }
    }
    return people;
  }

  private static List<String> people(
      Release release, Agent agent, List<String> agreed, List<String> others, State state) {
    List<String> missing = new ArrayList<>();
    if (release.stage() != Stage.PRODUCTION) {
      return missing;
    }
    if (others.isEmpty()) {
      missing.add(SECOND_PERSON);
    }
    String owner = state.person(agent.owner()).map(Person::id).orElse("");
    if (agent.risk() == Agent.Risk.HIGH && !agreed.contains(owner)) {
      missing.add(OWNER);
    }
    return missing;
  }
}
