// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.policy.condition.Mistake;
import dev.steward.policy.condition.ToolSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is wrong or doubtful in policies, given the tools that are declared.
public final class PolicyCheck {
  private static final int KEPT_MAX = 200;

  private final Tools tools;
  private final Conditions conditions = new Conditions();

  public PolicyCheck(Tools tools) {
    this.tools = tools;
  }

  /// What was found in one policy.
  public record Found(List<Wrong> wrong, List<Doubt> doubts) {}

  /// A condition that cannot be evaluated.
  ///
  /// @param rule its place, counted from 0
  /// @param tool with whose arguments it does not fit, "" for any
  public record Wrong(int rule, String tool, Mistake mistake) {}

  /// What is allowed but may not be what was meant.
  ///
  /// @param rule its place, counted from 0
  public record Doubt(int rule, String message) {}

  public Found check(Policy policy) {
    List<Wrong> wrong = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    for (int i = 0; i < policy.rules().size() && wrong.size() < KEPT_MAX; i++) {
      CompiledRule rule = new CompiledRule(i, policy, i);
      Map<ToolSchema, String> schemas = schemas(rule);
      doubt(rule, i, schemas, doubts);
      if (rule.conditional()) {
        for (Map.Entry<ToolSchema, String> schema : schemas.entrySet()) {
          for (Mistake mistake : conditions.of(rule.rule().when(), schema.getKey()).mistakes()) {
            wrong.add(new Wrong(i, schema.getValue(), mistake));
          }
        }
      }
    }
    return new Found(List.copyOf(wrong), List.copyOf(doubts));
  }

  /// Whether the policy has a condition about a tool of the server.
  public static boolean asksAbout(Policy policy, String server, Tools tools) {
    for (int i = 0; i < policy.rules().size(); i++) {
      CompiledRule rule = new CompiledRule(i, policy, i);
      if (rule.conditional()) {
        for (KnownTool tool : tools.all()) {
          if (tool.name().startsWith(server + "/") && rule.covers(tool)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// The schemas of all tools that the rule is about, each with the first such tool.
  private Map<ToolSchema, String> schemas(CompiledRule rule) {
    Map<ToolSchema, String> schemas = new LinkedHashMap<>();
    if (rule.rule().target() instanceof Target.Tools) {
      for (Glob glob : rule.patterns()) {
        if (glob.exact() && !tools.declares(glob.text())) {
          schemas.putIfAbsent(tools.tool(glob.text()).schema(), glob.text());
        }
      }
      for (KnownTool tool : candidates(rule)) {
        if (rule.covers(tool)) {
          schemas.putIfAbsent(tool.schema(), tool.name());
        }
      }
    }
    if (schemas.isEmpty()) {
      schemas.put(ToolSchema.NONE, "");
    }
    return schemas;
  }

  private Iterable<KnownTool> candidates(CompiledRule rule) {
    List<KnownTool> named = new ArrayList<>();
    for (Glob glob : rule.patterns()) {
      if (!glob.exact()) {
        return tools.all();
      }
      if (tools.declares(glob.text())) {
        named.add(tools.tool(glob.text()));
      }
    }
    return rule.patterns().isEmpty() ? tools.all() : named;
  }

  private void doubt(
      CompiledRule rule, int place, Map<ToolSchema, String> schemas, List<Doubt> doubts) {
    for (Glob glob : rule.patterns()) {
      if (rule.rule().target() instanceof Target.Tools
          && glob.exact()
          && !tools.declares(glob.text())
          && tools.feature(glob.text()).isEmpty()) {
        doubts.add(
            new Doubt(place, "no ToolServer declares " + glob.text() + ", so it is never called"));
      }
    }
    for (Map.Entry<ToolSchema, String> schema : schemas.entrySet()) {
      if (rule.rule().when().contains("args.") && !schema.getKey().typed()) {
        doubts.add(
            new Doubt(
                place,
                (schema.getValue().isEmpty() ? "what it is about" : schema.getValue())
                    + " declares no inputSchema, so a slip in the name of an argument is found"
                    + " only when the tool is called, and denies the call"));
      }
    }
    if (!rule.effects().isEmpty()) {
      for (KnownTool tool : candidates(rule)) {
        if (tool.effect().isEmpty()
            && (rule.patterns().isEmpty() || Glob.anyMatches(rule.patterns(), tool.name()))) {
          doubts.add(
              new Doubt(
                  place,
                  tool.name()
                      + " declares no effect, so rules about effects restrict it and never allow"
                      + " it"));
        }
      }
    }
  }
}
