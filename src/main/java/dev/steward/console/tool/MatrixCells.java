// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.tool.Matrix.Cell;
import dev.steward.domain.Percent;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.CompiledRule;
import dev.steward.policy.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what policy comes to for an agent and a tool before the arguments are known: the tightest
/// of the rules that always hold, and those with a condition that would be tighter still.
final class MatrixCells {
  static final Mark ALLOWED = new Mark(Mark.Tone.OK, "Allowed");
  static final Mark APPROVAL = new Mark(Mark.Tone.WAITING, "Needs approval");
  static final Mark DENIED = new Mark(Mark.Tone.CRITICAL, "Denied");
  static final Mark DEPENDS = new Mark(Mark.Tone.WARNING, "Depends");

  private final PolicySet policies;

  MatrixCells(PolicySet policies) {
    this.policies = policies;
  }

  /// Whether the version says that it calls the tool.
  static boolean lists(AgentVersion version, String server, String tool) {
    for (ToolUse use : version.tools()) {
      if (use.server().equals(server)
          && (use.tools().isEmpty() || use.tools().contains("*") || use.tools().contains(tool))) {
        return true;
      }
    }
    return false;
  }

  Cell cell(Caller caller, AgentVersion version, String server, String tool) {
    String name = server + "/" + tool;
    if (!lists(version, server, tool)) {
      return new Cell(name, null, "", List.of());
    }
    List<CompiledRule> rules = inForce(new Call.ToolCall(caller, server, tool, Map.of()));
    Tier always = tightest(rules);
    List<CompiledRule> tighter = new ArrayList<>();
    boolean opens = false;
    for (CompiledRule rule : rules) {
      if (conditional(rule) && (always == null || tier(rule).compareTo(always) > 0)) {
        tighter.add(rule);
        opens = opens || tier(rule) != Tier.DENY;
      }
    }
    if (always == null && !opens) {
      return new Cell(name, DENIED, "no rule allows it", List.of());
    }
    if (always == null || !tighter.isEmpty()) {
      return new Cell(name, DEPENDS, always(always), links(always, rules, tighter));
    }
    return new Cell(name, mark(always), "", links(always, rules, tighter));
  }

  private List<CompiledRule> inForce(Call call) {
    List<CompiledRule> rules = new ArrayList<>();
    for (CompiledRule rule : policies.covering(call)) {
      if (rule.policy().mode() == Policy.Mode.ENFORCE) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private static @Nullable Tier tightest(List<CompiledRule> rules) {
    Tier tightest = null;
    for (CompiledRule rule : rules) {
      if (!conditional(rule) && (tightest == null || tier(rule).compareTo(tightest) > 0)) {
        tightest = tier(rule);
      }
    }
    return tightest;
  }

  private static boolean conditional(CompiledRule rule) {
    return !rule.rule().when().isEmpty();
  }

  private static Tier tier(CompiledRule rule) {
    return rule.rule().tier();
  }

  private static String always(@Nullable Tier always) {
    return "else " + (always == null ? "denied" : words(always));
  }

  private static String words(Tier tier) {
    return switch (tier) {
      case ALLOW -> "allowed";
      case REQUIRE_APPROVAL -> "approval";
      case DENY -> "denied";
    };
  }

  private static Mark mark(Tier tier) {
    return switch (tier) {
      case ALLOW -> ALLOWED;
      case REQUIRE_APPROVAL -> APPROVAL;
      case DENY -> DENIED;
    };
  }

  /// Those with a condition first, each with what it says; then those that always hold.
  private static List<Link> links(
      @Nullable Tier always, List<CompiledRule> rules, List<CompiledRule> tighter) {
    List<Link> links = new ArrayList<>();
    for (CompiledRule rule : tighter) {
      links.add(link(rule, words(tier(rule)) + " when: "));
    }
    for (CompiledRule rule : rules) {
      if (!conditional(rule) && tier(rule) == always) {
        links.add(link(rule, ""));
      }
    }
    return links;
  }

  private static Link link(CompiledRule rule, String before) {
    return new Link(before + rule.name(), "/policies/" + Percent.encoded(rule.policy().name()));
  }
}
