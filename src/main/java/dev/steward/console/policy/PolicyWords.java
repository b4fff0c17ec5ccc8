// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Took;
import dev.steward.console.part.Mark;
import dev.steward.domain.call.Effect;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.duty.Duties;
import dev.steward.policy.duty.Duty;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Policies in words.
final class PolicyWords {
  private PolicyWords() {}

  static Mark mode(Policy.Mode mode) {
    return switch (mode) {
      case ENFORCE -> new Mark(Mark.Tone.OK, "In force");
      case SHADOW -> new Mark(Mark.Tone.UNKNOWN, "Shadow: recorded, not applied");
    };
  }

  static Mark says(Tier tier) {
    return switch (tier) {
      case ALLOW -> new Mark(Mark.Tone.OK, "Allowed");
      case REQUIRE_APPROVAL -> new Mark(Mark.Tone.WAITING, "Needs approval");
      case DENY -> new Mark(Mark.Tone.CRITICAL, "Denied");
    };
  }

  /// `agents refunds or inbox with data customer, in production`
  ///
  /// @param names and environments those that the reader may be told
  static String scope(Policy policy, List<String> names, List<String> environments) {
    StringBuilder words = new StringBuilder();
    if (names.isEmpty()) {
      words.append(policy.agents().labels().isEmpty() ? "every agent" : "agents");
    } else {
      words.append(names.size() == 1 ? "agent " : "agents ").append(oneOf(names));
    }
    List<String> labels = new ArrayList<>();
    new TreeMap<>(policy.agents().labels())
        .forEach((label, value) -> labels.add(label + " " + value));
    if (!labels.isEmpty()) {
      words.append(" with ").append(allOf(labels));
    }
    if (!policy.workflows().isEmpty()) {
      words.append(" of the workflow ").append(oneOf(policy.workflows()));
    }
    return words
        .append(environments.isEmpty() ? ", everywhere" : ", in " + oneOf(environments))
        .toString();
  }

  static String calls(Target target) {
    return switch (target) {
      case Target.Tools(List<String> tools, List<Effect> effects, List<String> labels) ->
          tools(tools, effects) + (labels.isEmpty() ? "" : ", reading " + oneOf(labels) + " data");
      case Target.Models(List<String> models) ->
          models.contains("*") ? "asking any model" : "asking the model " + oneOf(models);
      case Target.Delegates(List<String> agents) ->
          agents.contains("*")
              ? "handing work to any agent"
              : "handing work to the agent " + oneOf(agents);
    };
  }

  private static String tools(List<String> tools, List<Effect> effects) {
    List<String> names = new ArrayList<>();
    for (String tool : tools) {
      names.add(tool(tool));
    }
    String which = names.isEmpty() ? "every tool" : oneOf(names);
    if (effects.isEmpty()) {
      return which;
    }
    List<String> deeds = new ArrayList<>();
    for (Effect effect : effects) {
      deeds.add(deed(effect));
    }
    return which + (names.isEmpty() ? " that " : ", where it ") + oneOf(deeds);
  }

  private static String tool(String pattern) {
    if (pattern.equals("*") || pattern.equals("*/*")) {
      return "every tool";
    }
    String server = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : "";
    return server.isEmpty() || server.contains("*") ? pattern : "every tool of " + server;
  }

  private static String deed(Effect effect) {
    return switch (effect) {
      case READ -> "reads";
      case WRITE -> "writes";
      case IRREVERSIBLE -> "cannot be undone";
      case MONEY -> "moves money";
      case MESSAGE -> "sends messages";
      case DELETE -> "deletes";
      case EXECUTE -> "runs programs";
    };
  }

  /// What must be done along with the call.
  static List<String> also(Policy.Rule rule) {
    List<String> also = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    for (Duty duty : Duties.of(rule)) {
      if (duty instanceof Duty.Redact(String field)) {
        hidden.add(field);
      } else {
        also.add(duty(duty));
      }
    }
    if (!hidden.isEmpty()) {
      also.add("the agent does not see " + allOf(hidden) + " of the result");
    }
    return also;
  }

  /// `at most 3 calls in any 1 min`
  static String duty(Duty duty) {
    return switch (duty) {
      case Duty.Agreement(ApprovalTerms terms) -> agreement(terms);
      case Duty.Redact(String field) -> "the agent does not see " + field + " of the result";
      case Duty.Limit(Obligations.RateLimit limit) ->
          "at most "
              + Figures.of(limit.calls(), "call", "calls")
              + " in any "
              + Took.of(limit.per());
      case Duty.Reason _ -> "the agent says why";
    };
  }

  private static String agreement(ApprovalTerms terms) {
    String who =
        terms.approvers().isEmpty()
            ? "those who may approve"
            : String.join(", ", terms.approvers());
    return (terms.count() == 1 ? "one" : Integer.toString(terms.count()))
        + " of "
        + who
        + (terms.count() == 1 ? " agrees" : " agree")
        + " within "
        + Took.of(terms.expires())
        + (terms.fourEyes() ? ", and not who asked for the run" : "");
  }

  private static String oneOf(List<String> words) {
    return joined(words, " or ");
  }

  private static String allOf(List<String> words) {
    return joined(words, " and ");
  }

  private static String joined(List<String> words, String last) {
    int before = words.size() - 1;
    return before < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, before)) + last + words.getLast();
  }
}
