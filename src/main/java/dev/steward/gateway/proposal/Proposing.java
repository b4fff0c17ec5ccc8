// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Decision.RequireApproval;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.judging.Rates;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.JudgedCall;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.wire.Asked;
import dev.steward.policy.duty.Duties;
import dev.steward.policy.duty.Duty;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tool calls that one answer proposes to one caller, decided on one by one. One thread uses
/// it.
public final class Proposing {
  private static final System.Logger LOG = System.getLogger(Proposing.class.getName());

  /// More lines would make the span too large; the calls themselves are all decided on.
  private static final int LINES_MAX = 200;

  private final State state;
  private final ChainRules rules;
  private final Caller caller;
  private final dev.steward.domain.call.Caller known;
  private final Place place;
  private final Asked asked;
  private final Runs runs;
  private final Agreement agreement;
  private final LocalDuties duties;
  private final InstantSource clock;
  private final List<JudgedCall> judged = new ArrayList<>();
  private boolean heldBack;

  Proposing(
      State state,
      ChainRules rules,
      Caller caller,
      dev.steward.domain.call.Caller known,
      Place place,
      Asked asked,
      Runs runs,
      Optional<ApprovalStep> approvals,
      Rates rates,
      InstantSource clock) {
    this.state = state;
    this.rules = rules;
    this.caller = caller;
    this.known = known;
    this.place = place;
    this.asked = asked;
    this.runs = runs;
    this.duties = new LocalDuties(known, rates, clock);
    this.agreement = new Agreement(rules::again, approvals, duties);
    this.clock = clock;
  }

  /// Whether calls may be held back; else they are only looked at.
  public boolean enforces() {
    return rules.enforces();
  }

  /// What was decided, in order.
  public List<JudgedCall> judged() {
    return judged;
  }

  /// Puts what was decided on the record of the model call.
  public void tell(CallRecord record) {
    record.judged(judged);
    if (agreement.waited() != null) {
      record.people(agreement.waited(), agreement.minutes());
    }
  }

  /// Whether the agent got less than the model said.
  public boolean heldBack() {
    return heldBack;
  }

  /// The judge of an answer.
  ///
  /// @param provider name of the ModelProvider that gives it
  public Judge judge(String provider) {
    ToolNames names = new ToolNames(state, caller.version(), asked, provider);
    return call -> {
      Found found = found(call, names);
      Ruling ruling = found.ruling();
      heldBack |= ruling instanceof Ruling.HoldBack;
      if (judged.size() < LINES_MAX) {
        judged.add(line(call, found));
      }
      return ruling;
    };
  }

  /// What was found of one call.
  ///
  /// @param spoken whether the decision counts, since some rule is about it or all must be allowed
  record Found(Target target, Decision decision, boolean spoken, Ruling ruling, String approval) {}

  private Found found(Proposed call, ToolNames names) {
    try {
      return decided(call, names);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a proposed tool call could not be decided on", e);
      Verdict.Deny deny =
          new Verdict.Deny(
              Grounds.of(List.of(), "deciding on it failed with " + e.getClass().getSimpleName()));
      Target target = new Target(Target.LOCAL, call.name(), false);
      return new Found(target, deny, true, ruling(call, deny), "");
    }
  }

  private Found decided(Proposed call, ToolNames names) {
    ProposedArguments arguments = ProposedArguments.of(call);
    Facts facts = facts();
    Found tightest = null;
    for (Target target : names.of(call)) {
      ToolCall meant = new ToolCall(known, target.server(), target.tool(), arguments.values());
      LocalRules.Ruled said = rules.of(target, meant, facts, arguments.wrong());
      Found found = new Found(target, said.decision(), said.spoken(), new Ruling.Pass(), "");
      if (tightest == null || tighter(found, tightest)) {
        tightest = found;
      }
    }
    if (tightest == null) {
      throw new IllegalStateException("a call that means no tool");
    }
    return ruled(call, arguments, facts, tightest);
  }

  private static boolean tighter(Found one, Found other) {
    if (one.spoken() != other.spoken()) {
      return one.spoken();
    }
    int tighter = binding(one).compareTo(binding(other));
    return tighter == 0
        ? other.target().behindGateway() && !one.target().behindGateway()
        : tighter > 0;
  }

  /// What the decision does to the call here: behind the gateway people are asked, and duties kept,
  /// when it comes there.
  private static Tier binding(Found found) {
    Tier tier = found.decision().tier();
    return found.target().behindGateway() && tier == Tier.REQUIRE_APPROVAL ? Tier.ALLOW : tier;
  }

  private Facts facts() {
    return new Facts(
        clock.instant(),
        runs.soFar(place.run()),
        new Cost.Unknown("a proposed call has no price"),
        Taint.UNKNOWN);
  }

  private Found ruled(Proposed call, ProposedArguments arguments, Facts facts, Found found) {
    Found ruled = found;
    if (enforces() && found.spoken()) {
      ruled =
          switch (found.decision()) {
            case Verdict.Allow allow -> allowed(call, found, allow);
            case Verdict.Deny deny -> with(found, deny, ruling(call, deny));
            case RequireApproval pending -> pending(call, arguments, facts, found, pending);
          };
    }
    if (!(ruled.ruling() instanceof Ruling.HoldBack) && !ruled.target().behindGateway()) {
      runs.calls(place.run(), caller.agent().name(), ruled.target().name(), clock.instant());
    }
    return ruled;
  }

  private Found allowed(Proposed call, Found found, Verdict.Allow allow) {
    Optional<String> broken =
        found.target().behindGateway()
            ? Optional.empty()
            : duties.broken(allow.grounds(), allow.obligations());
    if (broken.isEmpty()) {
      return found;
    }
    Verdict.Deny deny =
        new Verdict.Deny(
            new Grounds(allow.grounds().rules(), broken.get(), allow.grounds().shadow()));
    return with(found, deny, ruling(call, deny));
  }

  private Found pending(
      Proposed call,
      ProposedArguments arguments,
      Facts facts,
      Found found,
      RequireApproval pending) {
    if (found.target().behindGateway()) {
      return found;
    }
    Optional<String> broken = duties.impossible(pending.obligations());
    if (broken.isPresent()) {
      Verdict.Deny deny = new Verdict.Deny(Grounds.of(pending.grounds().rules(), broken.get()));
      return with(found, deny, ruling(call, deny));
    }
    ToolCall meant =
        new ToolCall(known, found.target().server(), found.target().tool(), arguments.values());
    Agreement.Answer answer =
        agreement.of(call, pending, caller, meant, arguments.json(), place, facts);
    return new Found(found.target(), found.decision(), true, answer.ruling(), answer.approval());
  }

  private static Found with(Found found, Decision decision, Ruling ruling) {
    return new Found(found.target(), decision, true, ruling, "");
  }

  private static Ruling ruling(Proposed call, Verdict.Deny deny) {
    return new Ruling.HoldBack(Refusals.denied(call.name(), deny.grounds().reason()));
  }

  private JudgedCall line(Proposed call, Found found) {
    Grounds grounds = found.decision().grounds();
    Optional<Grounds.Shadow> shadow = grounds.shadow();
    boolean applied = enforces() && found.spoken();
    // Where nothing is applied, what would be decided without a rule in shadow mode counts as well.
    String shadowTier =
        shadow
            .map(said -> said.tier().word())
            .orElse(enforces() ? "" : found.decision().tier().word());
    String shadowReason =
        shadow
            .map(said -> said.reason() + demanding(found.decision()))
            .orElse(enforces() ? "" : grounds.reason());
    return new JudgedCall(
        call.id(),
        call.name(),
        found.target().name(),
        applied ? found.decision().tier().word() : "none",
        applied ? grounds.rules().stream().map(RuleName::toString).toList() : List.of(),
        applied ? grounds.reason() : "no policy that is applied is about it",
        found.ruling() instanceof Ruling.HoldBack,
        found.approval(),
        shadowTier,
        shadowReason);
  }

  /// What policies in shadow mode would demand beside what is demanded, "" for nothing.
  private static String demanding(Decision decision) {
    List<String> words = Duties.shadowed(decision).stream().map(Duty::words).toList();
    return words.isEmpty() ? "" : ", demanding " + String.join(", ", words);
  }
}
