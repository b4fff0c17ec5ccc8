// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.judging.Rates;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.policy.ToolScope;
import java.time.InstantSource;
import java.util.Optional;

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
  /// about tools concerns it.
  ///
  /// @throws RefusedException DENIED where they could not be looked at in the answer
  public Optional<Proposing> of(State state, Caller caller, Place place, Asked asked) {
    boolean proposes = LocalRules.proposes(state, caller);
    if ((state.policies().rules().isEmpty() && !proposes) || !speaks(asked.operation())) {
      return Optional.empty();
    }
    dev.steward.domain.call.Caller known =
        caller.known(place.workflow(), runs.chain(place.run(), caller.agent().name()));
    ToolScope scope = state.policies().toolScope(known);
    Strictness strictness =
        switch (scope) {
          case NONE -> proposes ? Strictness.COPILOT : null;
          case SHADOW -> proposes ? Strictness.COPILOT : Strictness.SHADOW;
          case EVERYBODY -> declared(caller) ? Strictness.ALL : Strictness.SPOKEN_OF;
          case NAMED -> Strictness.ALL;
        };
    if (strictness == null) {
      return Optional.empty();
    }
    if (strictness != Strictness.SHADOW && cannotBeRead(asked)) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "Policy decides on the tool calls of "
                  + caller.agent().name()
                  + ", and those in a stream of interactions cannot be looked at: ask without"
                  + " 'stream'."));
    }
    return Optional.of(
        new Proposing(
            state, caller, known, place, asked, strictness, runs, approvals, rates, clock));
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
    return !caller.version().tools().isEmpty()
        || caller.agent().oversight() == Agent.Oversight.GOVERNED;
  }
}
