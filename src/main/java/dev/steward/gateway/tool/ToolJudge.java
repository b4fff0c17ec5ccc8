// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.State;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.approval.Asking;
import dev.steward.gateway.approval.CuttableAsking;
import dev.steward.gateway.approval.PeoplesTime;
import dev.steward.gateway.approval.Standing;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.judging.Arguments;
import dev.steward.gateway.judging.Rates;
import dev.steward.gateway.judging.ShadowDuties;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.run.ToolPlace;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Says whether a tool call may be made: its arguments against the pinned schema, then policy, then
/// people where a rule asks for them.
final class ToolJudge {
  /// How long a client that can do nothing else is held while people are asked.
  private static final Duration HOLD = Duration.ofSeconds(45);

  private final Supplier<State> state;
  private final Places places;
  private final Sight sight;
  private final ApprovalStep approvals;
  private final Rates rates = new Rates();
  private final ShadowDuties shadows = new ShadowDuties();
  private final Runs runs;
  private final Chains chains;
  private final InstantSource clock;

  ToolJudge(
      Supplier<State> state,
      Places places,
      Sight sight,
      ApprovalStep approvals,
      Runs runs,
      Chains chains,
      InstantSource clock) {
    this.state = state;
    this.places = places;
    this.sight = sight;
    this.approvals = approvals;
    this.runs = runs;
    this.chains = chains;
    this.clock = clock;
  }

  /// What was said of a call.
  sealed interface Judged {
    /// @param arguments to be sent, which an approver may have changed
    /// @param approval to be used up, "" where nobody was asked
    /// @param state that the decision was made in
    record Permitted(Verdict.Allow allow, ObjectNode arguments, String approval, State state)
        implements Judged {}

    record Pending(ToolEnding.Pending ending) implements Judged {}
  }

  /// @throws RefusedException MALFORMED, DENIED, BUSY
  Judged judge(
      State now,
      ToolAsked asked,
      Pinned pinned,
      ToolPlace place,
      ToolRecord record,
      Cuttable cuttable) {
    check(pinned, asked.arguments());
    Facts facts = facts(pinned, place.place());
    Chain chain = chains.of(asked.caller(), place.place(), asked.origin().delegation());
    record.chain(chain.agents());
    ToolCall call = call(asked, place, asked.arguments(), chain);
    Decision decision = Attenuation.decide(now, call, facts, chain);
    record.decided(decision);
    return switch (decision) {
      case Verdict.Allow allow ->
          permitted(now, allow, decision, asked, asked.arguments(), "", record);
      case Verdict.Deny deny -> throw denied(deny);
      case Decision.RequireApproval pending -> {
        Optional<Verdict.Allow> before = agreed(asked, pending);
        if (before.isPresent()) {
          record.decided(before.get());
          record.approval(asked.agreed(), Duration.ZERO, null);
          yield permitted(now, before.get(), decision, asked, asked.arguments(), "", record);
        }
        Asking asking =
            new Asking(
                asked.caller(),
                call,
                asked.arguments(),
                place.place(),
                facts,
                asked.reason(),
                asked.abilities().waits() ? HOLD : Duration.ZERO);
        yield approved(asked, pinned, place, chain, pending, asking, record, cuttable);
      }
    };
  }

  /// Says whether a shadow may make the call: nobody is asked for one.
  ///
  /// @throws RefusedException MALFORMED, DENIED
  void judgeShadow(State now, ToolAsked asked, Pinned pinned, ToolPlace place, ToolRecord record) {
    check(pinned, asked.arguments());
    Chain chain = chains.of(asked.caller(), place.place(), asked.origin().delegation());
    record.chain(chain.agents());
    Decision decision =
        Attenuation.decide(
            now, call(asked, place, asked.arguments(), chain), facts(pinned, place.place()), chain);
    record.decided(decision);
    switch (decision) {
      case Verdict.Allow _ -> {
        // What may be done is done or answered.
      }
      case Verdict.Deny deny -> throw denied(deny);
      case Decision.RequireApproval _ -> {
        if (pinned.onlyReads()) {
          throw new RefusedException(
              Refusal.of(
                  Refusal.Kind.DENIED,
                  "Policy asks people about this call, and nobody is asked for a copy of a live"
                      + " run."));
        }
      }
    }
  }

  /// What people have said before of what this belongs to, as far as the same rules ask for them.
  private Optional<Verdict.Allow> agreed(ToolAsked asked, Decision.RequireApproval pending) {
    if (asked.agreed().isEmpty()) {
      return Optional.empty();
    }
    ApprovalEnding.Approved before =
        new ApprovalEnding.Approved(
            new Verdict.Allow(pending.grounds(), pending.obligations()),
            asked.arguments(),
            asked.agreed());
    return approvals.resumed(before, pending) instanceof Verdict.Allow allow
        ? Optional.of(allow)
        : Optional.empty();
  }

  private Judged approved(
      ToolAsked asked,
      Pinned pinned,
      ToolPlace place,
      Chain chain,
      Decision.RequireApproval pending,
      Asking asking,
      ToolRecord record,
      Cuttable cuttable) {
    reasoned(pending.obligations().reason(), asked);
    ApprovalEnding ending = CuttableAsking.ask(approvals, pending, asking, cuttable);
    PeoplesTime time = approvals.timeOf(ending.approval());
    record.approval(ending.approval(), time.waited(), time.minutes().orElse(null));
    return switch (ending) {
      case ApprovalEnding.Waiting(var approval, var expires, var url, var text) ->
          new Judged.Pending(new ToolEnding.Pending(approval, url, expires, text));
      case ApprovalEnding.Denied(var _, var reason) ->
          throw new RefusedException(Refusal.of(Refusal.Kind.DENIED, reason));
      case ApprovalEnding.Approved approved -> {
        check(pinned, approved.arguments());
        record.arguments(CanonicalJson.text(approved.arguments()));
        // People took their time, and what is in force may have changed.
        State later = state.get();
        ToolAsked still = asked.by(standing(later, asked, pinned, place));
        Decision again =
            Attenuation.decide(
                later,
                call(still, place, approved.arguments(), chain),
                facts(pinned, place.place()),
                chain);
        Verdict verdict = approvals.resumed(approved, again);
        record.decided(verdict);
        yield switch (verdict) {
          case Verdict.Allow allow ->
              permitted(
                  later, allow, again, still, approved.arguments(), approved.approval(), record);
          case Verdict.Deny deny -> throw denied(deny);
        };
      }
    };
  }

  /// Who makes the call once people have answered: its key, its version and what that version sees
  /// of the tool must be what they were when people were asked.
  ///
  /// @throws RefusedException DENIED, UPSTREAM_FAILED
  private Caller standing(State later, ToolAsked asked, Pinned pinned, ToolPlace place) {
    String call = "the call of " + asked.tool();
    // What is done within a call has the version of that call.
    Caller now =
        Standing.of(
            later,
            asked.caller(),
            call,
            holder ->
                asked.origin().caller().isPresent()
                    ? asked.caller()
                    : places.assigned(later, holder, place.place(), asked.origin().user()));
    return switch (sight.found(later, asked.by(now))) {
      case Sight.Found.Hidden(String why) -> throw Standing.changed(call, why);
      case Sight.Found.Seen(Pinned again) when !again.digest().equals(pinned.digest()) ->
          throw Standing.changed(
              call, "its definition is another than the one that people agreed to");
      case Sight.Found.Seen _ -> now;
    };
  }

  private static void check(Pinned pinned, ObjectNode arguments) {
    List<String> problems = pinned.input().get().problems(arguments);
    if (!problems.isEmpty()) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.MALFORMED,
              "The arguments of "
                  + pinned.tool().name()
                  + " do not fit its input schema: "
                  + String.join("; ", problems)
                  + ". Correct them and call it again."));
    }
  }

  private Facts facts(Pinned pinned, Place place) {
    return new Facts(
        clock.instant(), runs.soFar(place.run()), ToolMoney.cost(pinned), Taint.UNKNOWN);
  }

  private ToolCall call(ToolAsked asked, ToolPlace place, ObjectNode arguments, Chain chain) {
    List<String> before =
        chain.none()
            ? runs.chain(place.place().run(), asked.caller().agent().name())
            : chain.agents();
    return new ToolCall(
        asked.caller().known(place.place().workflow(), before),
        asked.server(),
        asked.tool(),
        Arguments.of(arguments),
        // What is no tool is asked for by programs and people; no model proposes it.
        place.why().isPresent() || !asked.ofTool());
  }

  /// @param decision as policy gave it, which may ask for people who have agreed by now
  private Judged permitted(
      State now,
      Verdict.Allow allow,
      Decision decision,
      ToolAsked asked,
      ObjectNode arguments,
      String approval,
      ToolRecord record) {
    Verdict.Allow kept = kept(allow, asked);
    record
        .shadowed()
        .addAll(
            shadows.of(
                decision,
                asked.caller().agent().name() + "\n" + asked.caller().environment(),
                !asked.reason().isBlank(),
                clock.instant()));
    return new Judged.Permitted(kept, arguments, approval, now);
  }

  /// The obligations that hold before the call is sent.
  private Verdict.Allow kept(Verdict.Allow allow, ToolAsked asked) {
    reasoned(allow.obligations().reason(), asked);
    if (!allow.obligations().limits().isEmpty()) {
      List<String> whose = new ArrayList<>();
      whose.add(asked.caller().agent().name());
      whose.add(asked.caller().environment());
      // Copies use up nothing of live calls.
      asked.caller().shadow().ifPresent(shadow -> whose.add(shadow.release()));
      for (RuleName rule : allow.grounds().rules()) {
        whose.add(rule.toString());
      }
      if (!rates.take(String.join("\n", whose), allow.obligations().limits(), clock.instant())) {
        throw new RefusedException(
            Refusal.of(
                Refusal.Kind.BUSY,
                "Policy limits how often "
                    + asked.tool()
                    + " may be called, and that is used up: try again later. ("
                    + allow.grounds().reason()
                    + ")"));
      }
    }
    return allow;
  }

  private static void reasoned(boolean required, ToolAsked asked) {
    if (required && asked.reason().isBlank()) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "Policy wants to know why "
                  + asked.tool()
                  + " is called: call it again with the reason in _meta[\"steward/reason\"]."));
    }
  }

  private static RefusedException denied(Verdict.Deny deny) {
    Grounds grounds = deny.grounds();
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.DENIED,
            "Policy does not allow this call: "
                + grounds.reason()
                + ". The same call will be denied again."));
  }
}
