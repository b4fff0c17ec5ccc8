// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.ToolTrail;
import dev.steward.gateway.strand.Strands;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Prover;
import dev.steward.policy.proof.Regime;
import dev.steward.policy.proof.Statement;
import dev.steward.trace.diary.Diary;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever workflow a caller says, what it may do is what the prover says that it may do.
class ClaimedWorkflowPropertyTest {
  private static final List<String> WORDS = List.of("", "bills", "letters", "treasury", "no such");

  private final Places places = new Places(new Strands(10, Diary.NONE), new Random(1));

  @Property(tries = 300)
  void noHeaderLeadsAroundWhatIsProvedAndOneToEachCounterexample(
      @ForAll("policies") List<Policy> policies, @ForAll("declared") Set<String> declared) {
    Agent agent = agent(List.copyOf(declared));
    PolicySet set = PolicySet.of(policies, Tools.of(List.of()));

    Proof proof =
        new Prover(new Regime(set, List.of(agent)))
            .prove((Statement.Never) Statement.parse("agent clerk never bank/pay in production"));

    Set<String> through = new HashSet<>();
    for (String said : WORDS) {
      if (set.decide(call(agent, said), Calls.FACTS).tier() != Tier.DENY) {
        through.add(said);
      }
    }
    switch (proof) {
      case Proof.Proved _ -> assertThat(through).isEmpty();
      case Proof.Refuted(Proof.Counterexample found) ->
          assertThat(through).contains(found.workflow());
    }
  }

  @Property(tries = 100)
  void whatIsNotDeclaredCountsAsNothingSaidForBudgetsAndKillsToo(
      @ForAll("declared") Set<String> declared, @ForAll("words") String said) {
    Agent agent = agent(List.copyOf(declared));

    Set<String> counts = place(agent, said).subject(caller(agent)).workflows();

    assertThat(counts).isEqualTo(declared.contains(said) ? Set.of(said) : declared);
  }

  private ToolCall call(Agent agent, String said) {
    return new ToolCall(
        caller(agent).known(place(agent, said).workflow(), List.of()), "bank", "pay", Map.of());
  }

  private Place place(Agent agent, String said) {
    return places.ofAgentCall(
        caller(agent), new ToolTrail("run", "", "", said, "", "", "", "pay", 0));
  }

  private static Caller caller(Agent agent) {
    AgentKey key =
        new AgentKey(
            "key",
            Digest.of("key"),
            "clerk",
            "production",
            "",
            ControlFixture.START,
            Actor.SYSTEM,
            null);
    return new Caller(key, agent, agent.version());
  }

  private static Agent agent(List<String> workflows) {
    return new Agent(
        new Metadata("clerk", Map.of()),
        "dana",
        "Works.",
        "",
        workflows,
        Agent.Autonomy.ACT,
        Agent.Oversight.GOVERNED,
        Agent.Risk.LIMITED,
        new AgentVersion(Digest.of("v"), List.of(), List.of(), List.of(), List.of(), "{}"),
        List.of());
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(WORDS);
  }

  @Provide
  Arbitrary<Set<String>> declared() {
    return Arbitraries.of("bills", "letters").set();
  }

  @Provide
  Arbitrary<List<Policy>> policies() {
    return Combinators.combine(
            Arbitraries.of(Tier.values()),
            Arbitraries.of("bills", "letters", "treasury").set().ofMaxSize(2))
        .as(ClaimedWorkflowPropertyTest::policy)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static Policy policy(Tier tier, Set<String> workflows) {
    return new Policy(
        new Metadata(tier.word() + workflows.hashCode(), Map.of()),
        Policy.Mode.ENFORCE,
        Policy.AgentScope.ALL,
        List.of(),
        List.copyOf(workflows),
        List.of(
            new Policy.Rule(
                "",
                tier,
                new Policy.Target.Tools(List.of("bank/pay"), List.of()),
                "",
                new ApprovalTerms(List.of(), 1, true, ApprovalTerms.EXPIRES),
                Obligations.NONE)));
  }
}
