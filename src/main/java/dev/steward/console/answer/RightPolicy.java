// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.format.Figures;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.domain.Percent;
import dev.steward.domain.SpanKind;
import dev.steward.domain.resource.Policy;
import dev.steward.trace.gateway.Decided;
import dev.steward.trace.gateway.Decided.Way;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether what the run did was allowed by this server: of its calls that passed the gateway, or
/// that a model proposed through it, that is known, of the others not. The agent's own checks are
/// told, which are no policy of this server.
final class RightPolicy {
  private static final int RULES_MAX = 4;

  private final Matter matter;
  private final List<PolicyCall> calls;
  private final List<PolicyCall> allowed;
  private final List<PolicyCall> approved;
  private final List<PolicyCall> waiting = new ArrayList<>();
  private final List<PolicyCall> unanswered = new ArrayList<>();
  private final List<PolicyCall> denied = new ArrayList<>();
  private final List<PolicyCall> untold;
  private final List<PolicyCall> told;
  private final int all;
  private final int past;

  /// @param calls of the run that policy can decide on
  RightPolicy(Matter matter, List<PolicyCall> calls) {
    this.matter = matter;
    this.calls = calls;
    allowed = decided(Way.ALLOWED);
    approved = decided(Way.APPROVED);
    untold = decided(Way.UNTOLD);
    told = calls.stream().filter(call -> call.way() == null).toList();
    Run run = matter.run();
    past = run.ungoverned() + run.ungovernedTools();
    denied.addAll(decided(Way.DENIED));
    int again = asked();
    all = calls.size() - again;
  }

  private List<PolicyCall> decided(Way way) {
    return calls.stream().filter(call -> call.way() == way).toList();
  }

  /// Sorts calls that people were asked about by what became of them.
  ///
  /// @return how many are tellings of a call that asked before or came back
  private int asked() {
    int again = 0;
    Set<String> came = new HashSet<>();
    approved.forEach(call -> call.decided().map(Decided::approval).ifPresent(came::add));
    denied.forEach(call -> call.decided().map(Decided::approval).ifPresent(came::add));
    Set<String> once = new HashSet<>();
    for (PolicyCall call : decided(Way.ASKED)) {
      String id = call.decided().map(Decided::approval).orElse("");
      if (came.contains(id) || !once.add(id)) {
        again++;
        continue;
      }
      Optional<Status> status = status(id);
      boolean open = status.map(Status::open).orElse(false);
      boolean refused = status.filter(Status.DENIED::equals).isPresent();
      (open ? waiting : refused ? denied : unanswered).add(call);
    }
    return again;
  }

  private Optional<Status> status(String approval) {
    return matter.state().approvals().find(approval).map(Approval::status);
  }

  Answer answer() {
    List<Evidence> evidence = new ArrayList<>();
    past(evidence);
    denied(evidence);
    people(waiting, waiting.size() == 1 ? " waits for a person" : " wait for a person", evidence);
    people(unanswered, " not made, since no person answered", evidence);
    people(approved, " approved by a person", evidence);
    allowed(evidence);
    rules(evidence);
    unknown(evidence);
    checks(evidence);
    return new Answer("Right policy?", mark(), evidence);
  }

  private Mark mark() {
    String counted = Figures.of(all, "call", "calls");
    int held = denied.size() + unanswered.size();
    if (past > 0) {
      return new Mark(
          Tone.CRITICAL, "No, " + Figures.of(past, "call", "calls") + " went past the gateway");
    }
    if (held > 0) {
      return new Mark(
          Tone.WARNING,
          "Held, "
              + Figures.count(held)
              + " of "
              + counted
              + (denied.isEmpty() ? " got no answer" : " denied"));
    }
    if (!waiting.isEmpty()) {
      return new Mark(
          Tone.WAITING, Figures.of(waiting.size(), "call waits", "calls wait") + " for a person");
    }
    if (calls.isEmpty()) {
      return new Mark(Tone.UNKNOWN, "It made no call");
    }
    if (told.size() == all) {
      return new Mark(Tone.UNKNOWN, "Unknown");
    }
    int known = allowed.size() + approved.size();
    if (known < all) {
      return new Mark(
          Tone.UNKNOWN, "In part: " + Figures.count(known) + " of " + counted + " allowed");
    }
    return new Mark(
        Tone.OK,
        all == 1 ? "Yes, its one call was allowed" : "Yes, all " + counted + " were allowed");
  }

  private void past(List<Evidence> evidence) {
    if (past > 0) {
      evidence.add(
          new Evidence(
              Figures.of(past, "call", "calls")
                  + " should have passed the gateway and did not: no policy decided",
              matter.run().ungovernedTools() > 0 ? matter.base() + "/effects" : null));
    }
  }

  private void denied(List<Evidence> evidence) {
    if (denied.isEmpty()) {
      return;
    }
    PolicyCall first = denied.getFirst();
    evidence.add(
        new Evidence(
            PolicyCall.counted(denied)
                + " denied"
                + (denied.size() == 1 ? ": " : ", the first: ")
                + first.decided().map(this::why).orElse("its reason is not kept"),
            matter.step(first.span())));
  }

  /// What was in the way, in words: no rule is where a budget or a kill was.
  private String why(Decided decided) {
    if (status(decided.approval()).filter(Status.DENIED::equals).isPresent()) {
      return "a person said no";
    }
    return decided.refusal().equals("denied") && !decided.reason().isEmpty()
        ? decided.reason()
        : decided.refusal();
  }

  private void people(List<PolicyCall> asked, String words, List<Evidence> evidence) {
    if (!asked.isEmpty()) {
      PolicyCall first = asked.getFirst();
      evidence.add(new Evidence(PolicyCall.counted(asked) + words, approval(first)));
    }
  }

  /// Where people's answer stands, else the step.
  private String approval(PolicyCall call) {
    String id = call.decided().map(Decided::approval).orElse("");
    boolean shown = matter.readsLedger() && matter.state().approvals().find(id).isPresent();
    return shown ? "/approvals/" + Percent.encoded(id) : matter.step(call.span());
  }

  private void allowed(List<Evidence> evidence) {
    if (!allowed.isEmpty()) {
      evidence.add(
          new Evidence(
              PolicyCall.counted(allowed) + " allowed", matter.step(allowed.getFirst().span())));
    }
  }

  /// The rules of the first call of each kind of decision, for who may look at policies.
  private void rules(List<Evidence> evidence) {
    Set<String> rules = new LinkedHashSet<>();
    for (List<PolicyCall> some : List.of(denied, waiting, unanswered, approved, allowed)) {
      some.stream()
          .limit(1)
          .flatMap(c -> c.decided().stream())
          .forEach(d -> rules.addAll(d.rules()));
    }
    for (String rule : rules.stream().limit(RULES_MAX).toList()) {
      String policy = rule.substring(0, Math.max(0, rule.indexOf('/')));
      if (matter.readsLedger() && matter.state().find(Policy.class, policy).isPresent()) {
        evidence.add(new Evidence("By rule " + rule, "/policies/" + Percent.encoded(policy)));
      }
    }
  }

  private void unknown(List<Evidence> evidence) {
    if (!untold.isEmpty()) {
      evidence.add(
          new Evidence(
              PolicyCall.counted(untold) + " passed, and what was decided is not kept",
              matter.step(untold.getFirst().span())));
    }
    if (!told.isEmpty()) {
      boolean none = told.size() == all;
      evidence.add(
          new Evidence(
              (none ? "No policy decided this run: " : "No policy decided on ")
                  + PolicyCall.counted(told)
                  + (none ? " told" : ", told")
                  + " by its own process alone",
              matter.step(told.getFirst().span())));
    }
  }

  private void checks(List<Evidence> evidence) {
    Span first = null;
    int checks = 0;
    for (SpanTree.Node node : matter.tree().nodes()) {
      if (node.span().kind() == SpanKind.GUARDRAIL) {
        checks++;
        first = first == null ? node.span() : first;
      }
    }
    if (first != null) {
      evidence.add(
          new Evidence(
              Figures.of(checks, "check", "checks") + " of the agent’s own", matter.step(first)));
    }
  }
}
