// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.step;

import dev.steward.console.step.StepDetail.Fact;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.gateway.Enforced.Proposal;
import java.util.ArrayList;
import java.util.List;

/// What policy said of the tool calls that a model proposed, in words.
public final class ProposedCalls {
  private ProposedCalls() {}

  public static List<Fact> facts(Enforced done) {
    List<Fact> facts = new ArrayList<>();
    for (Proposal call : done.proposals()) {
      facts.add(new Fact(call.tool(), words(call), call.heldBack() ? "critical" : "", false));
    }
    return facts;
  }

  private static String words(Proposal call) {
    StringBuilder words = new StringBuilder(call.heldBack() ? "held back" : "passed");
    words.append(
        switch (call.decision()) {
          case "deny" -> ", denied: ";
          case "require_approval" -> ", needs an approval: ";
          case "allow" -> ", allowed: ";
          default -> ", not decided: ";
        });
    words.append(call.reason());
    if (!call.approval().isEmpty()) {
      words.append("; approval ").append(call.approval());
    }
    if (!call.shadow().isEmpty() && !call.shadow().equals(call.decision())) {
      words.append("; with policies in shadow mode: ").append(call.shadow());
      words.append(", ").append(call.shadowReason());
    }
    return words.toString();
  }
}
