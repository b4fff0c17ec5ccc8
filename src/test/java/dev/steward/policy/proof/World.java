// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Effect;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Obligations.RateLimit;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Policy.Target;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.duty.Duties;
import dev.steward.policy.duty.Duty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// A small world in which every truth of every condition can be tried: a condition holds when its
/// word stands among the tools that the run has called.
final class World {
  static final int CONDITIONS = 4;
  static final List<String> ENVIRONMENTS = List.of("p", "q", Universe.OTHER_ENVIRONMENT);
  static final List<String> TOOLS =
      List.of(
          "bank/pay",
          "bank/ask",
          "bank/odd",
          "bank/resource:any other",
          "bank/prompt:any other",
          "bank/asks:any other",
          Universe.OTHER_TOOL);

  /// One for each way in which a name can fit the patterns of the policies below.
  static final List<String> MODELS = List.of("gpt-5", "gpt-4", "gpt-5-mini", "mini", "opus");

  private World() {}

  /// A tool that moves money and reads pii, one that reads what is public, one of which nothing is
  /// declared but its labels.
  static Tools tools() {
    return Tools.of(
        List.of(
            new ToolServer(
                new Metadata("bank", Map.of()),
                "dana",
                ToolServer.Type.MCP,
                "http://x",
                "",
                List.of(),
                Map.of(),
                ToolServer.Credential.NONE,
                ToolServer.Reach.USUAL,
                List.of(
                    offered("pay", "money", "pii"),
                    offered("ask", "read"),
                    offered("odd", "", "public")))));
  }

  private static ToolServer.Tool offered(String name, String effect, String... labels) {
    return new ToolServer.Tool(
        name,
        ToolServer.Definition.NONE,
        effect,
        List.of(),
        List.of(labels),
        Optional.empty(),
        "",
        List.of());
  }

  static Agent agent(AgentVersion.ToolUse... tools) {
    String json = List.of(tools).toString();
    return new Agent(
        new Metadata("a", Map.of()),
        "dana",
        "Works.",
        "",
        List.of(),
        Agent.Autonomy.ACT,
        Agent.Oversight.GOVERNED,
        Agent.Risk.LIMITED,
        new AgentVersion(Digest.of(json), List.of(), List.of(tools), List.of(), List.of(), json),
        List.of());
  }

  static Regime regime(List<Policy> policies) {
    return new Regime(PolicySet.of(policies, tools()), List.of(agent()));
  }

  /// What is decided when exactly these conditions hold.
  static Decision decide(PolicySet policies, Call call, Set<String> holding) {
    Set<String> called = new HashSet<>();
    for (int i = 0; i < CONDITIONS; i++) {
      if (holding.contains(condition(i))) {
        called.add("c" + i);
      }
    }
    Facts facts =
        new Facts(
            Calls.FACTS.now(),
            new RunSoFar("run", 1, new Cost.Unknown("test"), called),
            new Cost.Unknown("test"),
            Calls.FACTS.taint());
    return policies.decide(call, facts);
  }

  /// All sets of conditions that may hold.
  static List<Set<String>> truths() {
    List<Set<String>> truths = new ArrayList<>();
    for (int bits = 0; bits < 1 << CONDITIONS; bits++) {
      Set<String> holding = new HashSet<>();
      for (int i = 0; i < CONDITIONS; i++) {
        if ((bits >> i & 1) == 1) {
          holding.add(condition(i));
        }
      }
      truths.add(holding);
    }
    return truths;
  }

  /// Those that hold of what a proof supposes.
  static Set<String> holding(List<Proof.Supposition> suppositions) {
    Set<String> holding = new HashSet<>();
    for (Proof.Supposition supposed : suppositions) {
      if (supposed.holds()) {
        holding.add(supposed.condition());
      }
    }
    return holding;
  }

  static Call tool(String name, String environment) {
    return new Aim.Tool(name).call(agent(), environment, "");
  }

  static Call model(String name, String environment) {
    Caller caller = tool("bank/pay", environment).caller();
    return new Call.ModelCall(caller, name, "");
  }

  /// Whether the second decision lets through what the first does not, or with fewer duties.
  static boolean looser(Decision before, Decision after) {
    return after.tier().compareTo(before.tier()) < 0
        || (before.tier() != Tier.DENY
            && after.tier() != Tier.DENY
            && !lost(before, after).isEmpty());
  }

  private static List<Duty> lost(Decision before, Decision after) {
    return Duties.lost(Duties.of(before), Duties.of(after));
  }

  private static String condition(int place) {
    return "'c" + place + "' in run.tools";
  }

  /// A few policies about these tools and models, in some of the environments, some in shadow mode.
  static Arbitrary<List<Policy>> policies() {
    Arbitrary<Policy.Rule> rules =
        Combinators.combine(
                targets(),
                Arbitraries.of(Tier.values()),
                Arbitraries.integers().between(-1, CONDITIONS - 1),
                obligations(),
                Arbitraries.integers().between(1, 2))
            .as((target, tier, place, obligations, count) ->
                new Policy.Rule(
                    "",
                    tier,
                    target,
                    place < 0 ? "" : condition(place),
                    new ApprovalTerms(List.of(), count, true, ApprovalTerms.EXPIRES),
                    tier == Tier.DENY ? Obligations.NONE : obligations));
    return Combinators.combine(
            rules.list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.of("", "p", "q"),
            Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Policy.Mode.ENFORCE)),
                Tuple.of(1, Arbitraries.just(Policy.Mode.SHADOW))))
        .as((list, environment, mode) ->
            new Policy(
                new Metadata("p" + list.hashCode(), Map.of()),
                mode,
                Policy.AgentScope.ALL,
                environment.isEmpty() ? List.of() : List.of(environment),
                List.of(),
                list))
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<Target> targets() {
    return Arbitraries.of(
        new Target.Tools(List.of("bank/pay"), List.of()),
        new Target.Tools(List.of("bank/*"), List.of()),
        new Target.Tools(List.of("*"), List.of()),
        new Target.Tools(List.of("bank/ask"), List.of()),
        new Target.Tools(List.of(), List.of(Effect.MONEY)),
        new Target.Tools(List.of("bank/*"), List.of(Effect.READ)),
        new Target.Tools(List.of(), List.of(), List.of("pii")),
        new Target.Tools(List.of(), List.of(), List.of("public", "pii")),
        new Target.Models(List.of("gpt*")),
        new Target.Models(List.of("*mini")),
        new Target.Models(List.of("gpt-5")));
  }

  private static Arbitrary<Obligations> obligations() {
    RateLimit few = new RateLimit(3, Duration.ofMinutes(1));
    RateLimit more = new RateLimit(5, Duration.ofMinutes(1));
    return Arbitraries.of(
        Obligations.NONE,
        Obligations.NONE,
        new Obligations(List.of("iban"), List.of(), false),
        new Obligations(List.of("iban.bank"), List.of(few), false),
        new Obligations(List.of(), List.of(more), true));
  }
}
