// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Attenuation.Asker;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.judging.Rates;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Tells for which callers proposed tool calls are decided on, and how strictly.
public final class Proposals {
  private final Runs runs;
  private final Optional<ApprovalStep> approvals;
  private final Rates rates = new Rates();
  private final InstantSource clock;

  /// @param approvals empty where nobody can be asked
  public Proposals(Runs runs, Optional<ApprovalStep> approvals, InstantSource clock) {
    this.runs = runs;
    this.approvals = approvals;
    this.clock = clock;
  }

  /// How strictly proposed calls are taken.
  enum Strictness {
    /// Policies are recorded and not applied.
    SHADOW,
    /// Policies are not applied, but people are asked about what has effects.
    COPILOT,
    /// What no rule is about passes.
    SPOKEN_OF,
    /// What no rule allows is denied.
    ALL
  }

  /// What is to be asked of the calls that the model proposes to this caller, empty where no policy
  /// about tools concerns it or anyone on whose behalf it acts.
  ///
  /// @param chain on whose behalf it acts
  /// @throws RefusedException DENIED where they could not be looked at in the answer
  public Optional<Proposing> of(State state, Caller caller, Place place, Asked asked, Chain chain) {
    if (!speaks(asked.operation())) {
      return Optional.empty();
    }
    List<String> before =
        chain.none() ? runs.chain(place.run(), caller.agent().name()) : chain.agents();
    Optional<ChainRules> rules =
        rules(state, caller, caller.known(place.workflow(), before), chain);
    if (rules.isPresent() && rules.get().enforces() && cannotBeRead(asked)) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "Policy decides on the tool calls of "
                  + caller.agent().name()
                  + ", and those in a stream of interactions cannot be looked at: ask without"
                  + " 'stream'."));
    }
    return rules.map(found ->
        new Proposing(
            state,
            found,
            caller,
            caller.known(place.workflow(), before),
            place,
            asked,
            runs,
            approvals,
            rates,
            clock));
  }

  static Optional<ChainRules> rules(
      State state, Caller caller, dev.steward.domain.call.Caller known, Chain chain) {
    boolean shadow = caller.shadow().isPresent();
    Optional<Strictness> own = strictness(state, known, shadow, () -> declared(caller));
    List<ChainRules.Before> before = new ArrayList<>();
    boolean concerns = own.isPresent();
    boolean enforces = own.isPresent() && own.get() != Strictness.SHADOW;
    for (Asker asker : Attenuation.askers(state, known, chain)) {
      Optional<Strictness> other =
          asker
              .known()
              .flatMap(asking -> strictness(state, asking, false, () -> declared(state, asking)));
      boolean counts = asker.known().isEmpty() || other.isPresent();
      concerns |= counts;
      enforces |= counts && !other.equals(Optional.of(Strictness.SHADOW));
      before.add(
          new ChainRules.Before(
              asker,
              other.map(
                  strict -> new LocalRules(state, asker.known().orElseThrow(), strict, false))));
    }
    return concerns
        ? Optional.of(
            new ChainRules(
                new LocalRules(state, known, own.orElse(Strictness.SHADOW), shadow),
                before,
                enforces))
        : Optional.empty();
  }

  /// Empty where no policy about tools concerns the caller.
  private static Optional<Strictness> strictness(
      State state, dev.steward.domain.call.Caller known, boolean shadow, BooleanSupplier declared) {
    boolean proposes = shadow || LocalRules.proposes(state, known);
    if (state.policies().rules().isEmpty() && !proposes) {
      return Optional.empty();
    }
    return switch (state.policies().toolScope(known)) {
      case NONE -> proposes ? Optional.of(Strictness.COPILOT) : Optional.empty();
      case SHADOW -> Optional.of(proposes ? Strictness.COPILOT : Strictness.SHADOW);
      case EVERYBODY ->
          Optional.of(declared.getAsBoolean() ? Strictness.ALL : Strictness.SPOKEN_OF);
      case NAMED -> Optional.of(Strictness.ALL);
    };
  }

  private static boolean speaks(Operation operation) {
    return operation.spends()
        && operation != Operation.EMBEDDINGS
        && operation != Operation.GEMINI_EMBED;
  }

  private static boolean cannotBeRead(Asked asked) {
    return asked.operation() == Operation.INTERACTIONS && asked.streams();
  }

  /// Whether somebody has said which tools the agent has, or that it is governed.
  private static boolean declared(Caller caller) {
    return declared(caller.agent(), caller.version());
  }

  private static boolean declared(State state, dev.steward.domain.call.Caller asking) {
    return state
        .agent(asking.agent())
        .flatMap(
            agent -> state.version(asking.agent(), asking.version()).map(v -> declared(agent, v)))
        // Which tools it had nobody knows any more.
        .orElse(true);
  }

  private static boolean declared(Agent agent, AgentVersion version) {
    return !version.tools().isEmpty() || agent.oversight() == Agent.Oversight.GOVERNED;
  }
}
