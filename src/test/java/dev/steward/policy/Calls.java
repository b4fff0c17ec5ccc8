// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.Cost;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.AgentScope;
import dev.steward.domain.resource.Policy.Rule;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Definition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Calls and policies that several tests start from.
public final class Calls {
  public static final Facts FACTS =
      new Facts(
          Instant.parse("2026-01-01T12:00:00Z"),
          new RunSoFar("run", 1, new Cost.Unknown("test"), Set.of()),
          new Cost.Unknown("test"),
          Taint.UNKNOWN);

  private Calls() {}

  public static Call tool(
      String agent, String environment, String tool, Map<String, @Nullable Object> arguments) {
    Caller caller = new Caller(agent, "", environment, Map.of(), "limited", Set.of(), List.of());
    int slash = tool.indexOf('/');
    return new Call.ToolCall(
        caller, tool.substring(0, slash), tool.substring(slash + 1), arguments);
  }

  public static Policy policy(String name, Rule... rules) {
    return policy(name, List.of(), rules);
  }

  public static Policy policy(String name, List<String> environments, Rule... rules) {
    return new Policy(
        new Metadata(name, Map.of()),
        Policy.Mode.ENFORCE,
        AgentScope.ALL,
        environments,
        List.of(),
        List.of(rules));
  }

  public static Rule rule(String tool, Tier tier, String when) {
    return rule(tool, tier, when, Obligations.NONE);
  }

  public static Rule rule(String tool, Tier tier, String when, Obligations obligations) {
    return new Rule(
        "",
        tier,
        new Target.Tools(List.of(tool), List.of()),
        when,
        ApprovalTerms.ANYONE,
        obligations);
  }

  public static ToolServer server(String name, String schema, String... tools) {
    Definition definition = new Definition("", "", schema, "{}", "{}");
    return new ToolServer(
        new Metadata(name, Map.of()),
        "dana",
        ToolServer.Type.MCP,
        "http://x",
        "",
        List.of(),
        Map.of(),
        ToolServer.Credential.NONE,
        ToolServer.Reach.USUAL,
        List.of(tools).stream()
            .map(tool ->
                new ToolServer.Tool(
                    tool, definition, "", List.of(), List.of(), Optional.empty(), "", List.of()))
            .toList());
  }
}
