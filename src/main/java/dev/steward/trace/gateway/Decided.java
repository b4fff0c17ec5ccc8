// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.gateway;

import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was decided of a call that passed our gateway.
///
/// @param refusal why it was not let through, in a word; "" where it was
/// @param approval of people that it asked for or used, "" for none
/// @param rules by which, as `policy/rule`
/// @param reason that they give, "" for none
public record Decided(Way way, String refusal, String approval, List<String> rules, String reason) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ALLOW = "allow";
  private static final String PENDING = "require_approval";

  public Decided {
    rules = List.copyOf(rules);
  }

  /// How it was decided.
  public enum Way {
    ALLOWED,
    /// Allowed since people agreed to it.
    APPROVED,
    /// People were asked, and had not answered.
    ASKED,
    DENIED,
    /// It passed, and what was decided is not kept.
    UNTOLD
  }

  /// Whether the gateway just let the call pass, as most calls: seen without reading all that it
  /// tells, since runs may be long. A quote within a text has a backslash.
  public static boolean plainlyAllowed(Span span) {
    String told = span.raw().attributesJson();
    return span.teller().gateway()
        && told.contains("\"steward.decision\":\"allow\"")
        && !told.contains("\"steward.approval");
  }

  /// Empty for a span that the gateway does not tell of, or not what it decided.
  public static Optional<Decided> of(Span span) {
    if (!span.teller().gateway()) {
      return Optional.empty();
    }
    JsonNode told = JSON.readTree(span.raw().attributesJson());
    String decision = told.path("steward.decision").asString("");
    if (decision.isEmpty()) {
      return Optional.empty();
    }
    String approval = told.path("steward.approval.id").asString("");
    List<String> rules = new ArrayList<>();
    told.path("steward.rules").forEach(rule -> rules.add(rule.asString("")));
    return Optional.of(
        new Decided(
            way(decision, approval),
            told.path("steward.refusal").asString(""),
            approval,
            rules,
            told.path("steward.policy.reason").asString("")));
  }

  /// Of a call that a model proposed; empty where no policy is about it.
  public static Optional<Decided> of(Enforced.Proposal proposal) {
    if (proposal.decision().equals("none")) {
      return Optional.empty();
    }
    boolean people = !proposal.approval().isEmpty();
    boolean passed = !proposal.heldBack();
    boolean pending = proposal.decision().equals(PENDING);
    if (passed && pending && !people) {
      // Its server lies behind the gateway, where it is decided on once more.
      return Optional.empty();
    }
    Way way = passed ? way(ALLOW, proposal.approval()) : pending && people ? Way.ASKED : Way.DENIED;
    return Optional.of(
        new Decided(
            way, passed ? "" : "denied", proposal.approval(), proposal.rules(), proposal.reason()));
  }

  private static Way way(String decision, String approval) {
    return switch (decision) {
      case ALLOW -> approval.isEmpty() ? Way.ALLOWED : Way.APPROVED;
      case PENDING -> Way.ASKED;
      case "deny" -> Way.DENIED;
      default -> Way.UNTOLD;
    };
  }
}
