// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.answer.PolicyCall.What;
import dev.steward.domain.SpanKind;
import dev.steward.trace.evidence.CallEvidence;
import dev.steward.trace.gateway.Decided;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.graph.Lineage;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.graph.ToldCalls;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls of a run that policy can decide on, each once, in the order of the run: by the
/// gateway's word where it saw the call, else by the process's. An agent that works within the
/// process of another is no call.
final class PolicyCalls {
  private final List<SpanTree.Node> nodes;
  private final Map<String, List<Enforced.Proposal>> passed = new HashMap<>();
  private final Map<Integer, List<PolicyCall>> heldBack = new HashMap<>();
  private final List<PolicyCall> calls = new ArrayList<>();

  private PolicyCalls(List<SpanTree.Node> nodes) {
    this.nodes = nodes;
  }

  static List<PolicyCall> of(SpanTree tree) {
    PolicyCalls found = new PolicyCalls(tree.nodes());
    int[] tellings = found.tellings();
    Set<Integer> seen = found.seen(tellings);
    found.proposals();
    for (int at = 0; at < found.nodes.size(); at++) {
      found.add(at, tellings[at], seen);
    }
    return List.copyOf(found.calls);
  }

  /// The position of the topmost telling of each call, -1 on what is none: a framework, the client
  /// below it and a server may tell of the same one.
  private int[] tellings() {
    int[] tellings =
        ToldCalls.of(
            Lineage.of(
                nodes.stream().map(node -> node.span().key().spanId()).toList(),
                nodes.stream().<@Nullable String>map(node -> node.span().parentSpanId()).toList()),
            at -> nodes.get(at).span().kind(),
            at -> nodes.get(at).span().tool());
    int[] actors = new int[nodes.size()];
    for (int at = 0; at < tellings.length; at++) {
      int parent = nodes.get(at).parent();
      SpanKind above = parent < 0 ? SpanKind.OTHER : nodes.get(parent).span().kind();
      actors[at] = parent >= 0 && ToldCalls.passage(above) ? actors[parent] : parent;
      Optional<What> what = What.of(nodes.get(at).span().kind());
      if (what.isPresent() && what.get() != What.TOOL) {
        int actor = actors[at];
        boolean same = actor >= 0 && What.of(nodes.get(actor).span().kind()).equals(what);
        tellings[at] = same ? tellings[actor] : at;
      }
    }
    return tellings;
  }

  /// The calls that the gateway tells of.
  private Set<Integer> seen(int[] tellings) {
    Set<Integer> seen = new HashSet<>();
    for (int at = 0; at < tellings.length; at++) {
      if (tellings[at] >= 0 && nodes.get(at).span().teller().gateway()) {
        seen.add(tellings[at]);
      }
    }
    return seen;
  }

  private void add(int at, int telling, Set<Integer> seen) {
    Span span = nodes.get(at).span();
    if (telling < 0) {
      if (span.kind() == SpanKind.AGENT && CallEvidence.concerns(span)) {
        calls.add(PolicyCall.passed(span, What.AGENT));
      }
      return;
    }
    What what = What.of(span.kind()).orElseThrow();
    if (span.teller().gateway()) {
      calls.add(PolicyCall.passed(span, what));
      calls.addAll(heldBack.getOrDefault(at, List.of()));
    } else if (telling == at && !seen.contains(at)) {
      Decided said = what == What.TOOL ? proposed(span.tool()) : null;
      calls.add(new PolicyCall(span, what, said == null ? null : said.way(), said));
    }
  }

  /// What models proposed: calls that their agent did not get count as they are, the others once
  /// they are made.
  private void proposals() {
    for (int at = 0; at < nodes.size(); at++) {
      Span model = nodes.get(at).span();
      for (Enforced.Proposal proposal : Enforced.proposals(model)) {
        sort(at, model, proposal);
      }
    }
  }

  private void sort(int at, Span model, Enforced.Proposal proposal) {
    Decided said = Decided.of(proposal).orElse(null);
    if (said == null) {
      return;
    }
    if (proposal.heldBack()) {
      heldBack
          .computeIfAbsent(at, _ -> new ArrayList<>())
          .add(new PolicyCall(model, What.TOOL, said.way(), said));
    } else {
      passed.computeIfAbsent(proposal.id(), _ -> new ArrayList<>()).add(proposal);
    }
  }

  /// What was decided of a call that its process made, when a model proposed it; providers give the
  /// same id to several calls, so each proposal is of one.
  private @Nullable Decided proposed(@Nullable ToolFacts tool) {
    String callId = tool == null ? null : tool.callId();
    if (tool == null || callId == null || callId.isEmpty()) {
      return null;
    }
    List<Enforced.Proposal> same = passed.getOrDefault(callId, new ArrayList<>());
    for (int i = 0; i < same.size(); i++) {
      if (same.get(i).tool().endsWith("/" + tool.own())) {
        return Decided.of(same.remove(i)).orElse(null);
      }
    }
    return null;
  }
}
