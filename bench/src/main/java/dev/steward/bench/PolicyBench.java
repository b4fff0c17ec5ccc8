// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

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
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// How long one decision takes among 10,000 rules, 2 % of them with wildcards. Each has its own
/// condition, and each call meets more than ten of them.
final class PolicyBench {
  private static final int SERVERS = 98;
  private static final int TOOLS_EACH = 10;
  private static final int RULES_A_TOOL = 10;
  private static final int WILDCARDS = 200;
  private static final int WARM_UP = Bench.setting("BENCH_WARM_UP", 200_000);
  private static final int DECISIONS = Bench.setting("BENCH_DECISIONS", 20_000);
  private static final int ROUNDS = Bench.setting("BENCH_ROUNDS", 15);
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"number\"},"
          + "\"account\":{\"type\":\"string\"}},\"required\":[\"amount\",\"account\"]}";

  private final Random random = new Random(7);

  void run(Result result) {
    List<Policy> policies = policies();
    long began = System.nanoTime();
    PolicySet set = PolicySet.NONE.next(policies, Tools.of(servers()));
    result.put("index_ms", (System.nanoTime() - began) / 1e6);
    result.put("rules", set.rules().size());
    List<Call> calls = calls();
    began = System.nanoTime();
    int candidates = 0;
    for (Call call : calls) {
      candidates = Math.max(candidates, set.covering(call).size());
      set.decide(call, facts());
    }
    result.put("compile_all_ms", (System.nanoTime() - began) / 1e6);
    result.put("conditions", set.compiledConditions());
    result.put("candidates_max", candidates);
    Map<Tier, Long> outcomes = new EnumMap<>(Tier.class);
    for (int i = 0; i < WARM_UP; i++) {
      set.decide(calls.get(random.nextInt(calls.size())), facts());
    }
    List<Double> middles = new ArrayList<>();
    List<Double> slows = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Latencies times = new Latencies();
      for (int i = 0; i < DECISIONS; i++) {
        Call call = calls.get(random.nextInt(calls.size()));
        Facts facts = facts();
        long start = System.nanoTime();
        Tier tier = set.decide(call, facts).tier();
        times.add(System.nanoTime() - start);
        outcomes.merge(tier, 1L, Long::sum);
      }
      middles.add(times.millis(0.5) * 1000);
      slows.add(times.millis(0.99) * 1000);
    }
    for (Tier tier : Tier.values()) {
      result.put(tier.word(), outcomes.getOrDefault(tier, 0L));
    }
    result.put("rounds", ROUNDS);
    result.put("p50_us", Latencies.middle(middles));
    result.put("p99_us", Latencies.middle(slows));
    result.put("p99_us_best", slows.stream().mapToDouble(Double::doubleValue).min().orElse(0));
    result.put("p99_us_worst", slows.stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  private List<Policy> policies() {
    List<Rule> rules = new ArrayList<>();
    for (int tool = 0; tool < SERVERS * TOOLS_EACH; tool++) {
      for (int i = 0; i < RULES_A_TOOL; i++) {
        rules.add(rule(tool(tool), i, rules.size()));
      }
    }
    for (int i = 0; i < WILDCARDS; i++) {
      String pattern =
          i % 20 == 0 ? "*/tool" + i % TOOLS_EACH + "x*" : "server" + i % SERVERS + "/*";
      rules.add(rule(pattern, i, rules.size()));
    }
    List<Policy> policies = new ArrayList<>();
    for (int from = 0; from < rules.size(); from += 20) {
      int number = from / 20;
      AgentScope scope =
          number % 3 == 0 ? new AgentScope(List.of(), Map.of("team", "support")) : AgentScope.ALL;
      policies.add(
          new Policy(
              new Metadata("policy-" + number, Map.of()),
              Policy.Mode.ENFORCE,
              scope,
              number % 2 == 0 ? List.of("production", "staging") : List.of(),
              List.of(),
              rules.subList(from, Math.min(rules.size(), from + 20))));
    }
    return policies;
  }

  private static Rule rule(String tool, int place, int number) {
    Tier tier =
        switch (place % 10) {
          case 0 -> Tier.DENY;
          case 1, 2 -> Tier.REQUIRE_APPROVAL;
          default -> Tier.ALLOW;
        };
    String bound = tier == Tier.ALLOW ? "args.amount <= " : "args.amount > ";
    return new Rule(
        "",
        tier,
        new Target.Tools(List.of(tool), List.of()),
        bound
            + (tier == Tier.DENY ? 900 : 500)
            + "."
            + number
            + " && run.steps < 100 && caller.risk != 'prohibited'",
        ApprovalTerms.ANYONE,
        Obligations.NONE);
  }

  private static List<ToolServer> servers() {
    List<ToolServer> servers = new ArrayList<>();
    for (int server = 0; server < SERVERS; server++) {
      List<ToolServer.Tool> tools = new ArrayList<>();
      for (int i = 0; i < TOOLS_EACH; i++) {
        tools.add(
            new ToolServer.Tool(
                "tool" + i,
                new ToolServer.Definition("", "", SCHEMA, "{}", "{}"),
                "money",
                List.of(),
                List.of(),
                Optional.empty(),
                "",
                List.of()));
      }
      servers.add(
          new ToolServer(
              new Metadata("server" + server, Map.of()),
              "",
              ToolServer.Type.MCP,
              "http://x",
              "",
              List.of(),
              Map.of(),
              ToolServer.Credential.NONE,
              ToolServer.Reach.USUAL,
              tools));
    }
    return servers;
  }

  private List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (int tool = 0; tool < SERVERS * TOOLS_EACH; tool++) {
      String[] name = tool(tool).split("/");
      Caller caller =
          new Caller(
              "agent-" + tool % 50,
              "v1",
              "production",
              Map.of("team", "support", "data", "customer", "tier", "gold"),
              "high",
              Set.of("refund"),
              List.of());
      calls.add(
          new Call.ToolCall(
              caller,
              name[0],
              name[1],
              Map.of(
                  "amount",
                  BigDecimal.valueOf(random.nextInt(1000)),
                  "account",
                  "account-" + tool)));
    }
    return calls;
  }

  private static String tool(int number) {
    return "server" + number / TOOLS_EACH + "/tool" + number % TOOLS_EACH;
  }

  private static Facts facts() {
    Cost spent = new Cost.Known(new BigDecimal("0.12"), "USD", Cost.Source.PRICED, "basis");
    return new Facts(
        Instant.now(), new RunSoFar("run", 7, spent, Set.of("a/b")), spent, Taint.UNKNOWN);
  }
}
