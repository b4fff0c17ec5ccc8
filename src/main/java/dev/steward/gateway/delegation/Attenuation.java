// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.control.state.State;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Call.AgentCall;
import dev.steward.domain.call.Call.ModelCall;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Feature;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Verdict;
import dev.steward.domain.resource.Agent;
import dev.steward.gateway.judging.Copilot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides on a call for who makes it and for each agent on whose behalf it is made, versions that
/// only propose among them: the tightest of all decisions holds, and the obligations of all of
/// them.
public final class Attenuation {
  private Attenuation() {}

  /// An agent on whose behalf a call is made.
  ///
  /// @param known as policies see it, where it acts now; empty when it is gone
  /// @param words the chain up to who makes the call, as people read it
  public record Asker(Chain.Link link, Optional<Caller> known, String words) {
    /// What is said for one that is gone.
    public Decision gone() {
      return new Verdict.Deny(
          Grounds.of(List.of(), "the agent " + link.agent() + " is declared no longer"));
    }
  }

  /// Those on whose behalf a call is made, the first one first.
  ///
  /// @param last who makes it
  public static List<Asker> askers(State state, Caller last, Chain chain) {
    List<Asker> askers = new ArrayList<>();
    List<String> before = new ArrayList<>();
    for (Chain.Link link : chain.links()) {
      Optional<Caller> known =
          state
              .agent(link.agent())
              .map(agent -> known(agent, link.version(), last.environment(), before));
      askers.add(new Asker(link, known, chain.words(last.agent())));
      before.add(link.agent());
    }
    return askers;
  }

  /// @param call by the one that makes it, whose caller names the chain
  public static Decision decide(State state, Call call, Facts facts, Chain chain) {
    Decision decision = judged(state, call, facts);
    for (Asker asker : askers(state, call.caller(), chain)) {
      Decision other =
          asker
              .known()
              .map(asking -> judged(state, by(call, asking), facts))
              .orElseGet(asker::gone);
      decision = narrowed(decision, other, asker);
    }
    return decision;
  }

  /// Who of those that a call is made by and for proposes and does not act by itself, empty where
  /// all of them act.
  public static Optional<String> proposing(State state, Caller last, Chain chain) {
    List<Caller> all = new ArrayList<>();
    for (Asker asker : askers(state, last, chain)) {
      asker.known().ifPresent(all::add);
    }
    all.add(last);
    return all.stream()
        .filter(one -> Copilot.holds(state, one.agent(), one.environment(), one.version()))
        .map(Caller::agent)
        .findFirst();
  }

  /// What is left of a decision once that for one on whose behalf the call is made is known too.
  public static Decision narrowed(Decision decision, Decision other, Asker asker) {
    return narrower(decision, named(other, asker));
  }

  /// What policy says, and what a version that only proposes may not do by itself.
  private static Decision judged(State state, Call call, Facts facts) {
    Decision decision = state.policies().decide(call, facts);
    Caller caller = call.caller();
    return call instanceof ToolCall asked
            && Feature.of(asked.tool()).isEmpty()
            && Copilot.acts(state, asked.server(), asked.tool())
        ? Copilot.tightened(state, caller.agent(), caller.environment(), caller.version(), decision)
        : decision;
  }

  private static Caller known(
      Agent agent, String version, String environment, List<String> before) {
    return new Caller(
        agent.name(),
        version,
        environment,
        agent.metadata().labels(),
        agent.risk().name().toLowerCase(Locale.ROOT),
        Set.copyOf(agent.workflows()),
        before);
  }

  /// The same call, made by another.
  public static Call by(Call call, Caller caller) {
    return switch (call) {
      case ModelCall asked -> new ModelCall(caller, asked.model(), asked.provider());
      case ToolCall asked ->
          new ToolCall(caller, asked.server(), asked.tool(), asked.arguments(), asked.attributed());
      case AgentCall asked -> new AgentCall(caller, asked.agent());
    };
  }

  /// A decision for one of the chain, whose reason says so.
  public static Decision named(Decision decision, Asker asker) {
    Grounds grounds = decision.grounds();
    String reason =
        "it is made on behalf of %s (%s), for which %s"
            .formatted(asker.link().agent(), asker.words(), grounds.reason());
    return decision.because(new Grounds(grounds.rules(), reason, Optional.empty()));
  }

  /// The tighter of the two, with the obligations of both; of two that are as tight, the first with
  /// the rules of both.
  static Decision narrower(Decision first, Decision second) {
    if (first instanceof Verdict.Deny) {
      return first;
    }
    Grounds grounds = grounds(first, second);
    return switch (second) {
      case Verdict.Deny deny -> deny.because(grounds);
      case Verdict.Allow allow ->
          switch (first) {
            case Verdict.Allow own ->
                new Verdict.Allow(grounds, own.obligations().and(allow.obligations()));
            case Decision.RequireApproval own ->
                new Decision.RequireApproval(
                    grounds, own.terms(), own.obligations().and(allow.obligations()));
            case Verdict.Deny own -> own;
          };
      case Decision.RequireApproval pending ->
          switch (first) {
            case Verdict.Allow own ->
                new Decision.RequireApproval(
                    grounds, pending.terms(), own.obligations().and(pending.obligations()));
            case Decision.RequireApproval own ->
                new Decision.RequireApproval(
                    grounds,
                    terms(own.terms(), pending.terms()),
                    own.obligations().and(pending.obligations()));
            case Verdict.Deny own -> own;
          };
    };
  }

  private static Grounds grounds(Decision first, Decision second) {
    boolean tighter = second.tier().compareTo(first.tier()) > 0;
    Grounds told = tighter ? second.grounds() : first.grounds();
    Set<RuleName> rules = new LinkedHashSet<>(told.rules());
    if (first.tier() == second.tier()) {
      rules.addAll(second.grounds().rules());
    }
    return new Grounds(List.copyOf(rules), told.reason(), first.grounds().shadow());
  }

  private static List<ApprovalTerms> terms(List<ApprovalTerms> some, List<ApprovalTerms> others) {
    Set<ApprovalTerms> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
