// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.part.Fact;
import dev.steward.console.profile.AgentFacts;
import dev.steward.control.access.Scopes;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Person;
import dev.steward.trace.run.UsedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// Who and what an agent is, as declared; of a stranger what can be seen.
final class Identity {
  private final AgentFacts facts;
  private final boolean readsLedger;

  Identity(AgentFacts facts, boolean readsLedger) {
    this.facts = facts;
    this.readsLedger = readsLedger;
  }

  Optional<Person> owner() {
    Agent agent = facts.agent();
    return agent == null ? Optional.empty() : facts.state().person(agent.owner());
  }

  String ownerName() {
    Agent agent = facts.agent();
    String declared = agent == null ? "nobody" : agent.owner();
    return owner().map(Person::displayName).filter(name -> !name.isBlank()).orElse(declared);
  }

  String mail() {
    return owner().map(Person::email).orElse("");
  }

  List<Fact> facts(Versions versions, int activeKeys) {
    List<Fact> all = new ArrayList<>();
    Agent agent = facts.agent();
    if (agent == null) {
      all.add(Fact.of("Owner", "nobody"));
      all.add(Fact.of("Registered", "no"));
      all.add(Fact.of("Risk", ""));
      all.add(Fact.of("Senders", String.join(", ", facts.lately().services())));
      all.add(Fact.of("Environments", environments()));
      all.add(Fact.of("Workflows", workflows(List.of())));
      return all;
    }
    all.add(
        mail().isEmpty()
            ? Fact.of("Owner", ownerName())
            : Fact.of("Owner", ownerName()).to("mailto:" + mail()));
    String team = Scopes.team(agent);
    Fact teamFact = Fact.of("Team", team.isEmpty() ? "none" : team);
    all.add(
        team.isEmpty()
            ? teamFact
            : teamFact.to(PageUrl.of("/fleet").with("team", team).toString()));
    all.add(
        Fact.of("Risk", word(agent.risk()))
            .to(PageUrl.of("/fleet").with("risk", word(agent.risk())).toString()));
    all.add(Fact.of("Autonomy", autonomy(agent.autonomy())));
    all.add(Fact.of("Oversight", oversight(agent.oversight())));
    new TreeMap<>(facts.state().environments(agent.name()))
        .forEach((where, version) -> all.add(inForce(where, version, versions)));
    for (String where : facts.environments()) {
      if (!facts.state().environments(agent.name()).containsKey(where)) {
        all.add(Fact.of("In " + where, "no version in force").noted("but it was seen there"));
      }
    }
    all.add(
        activeKeys == 0
            ? Fact.of("Keys", "none").noted("so anyone can send under its name")
            : Fact.of("Keys", Figures.of(activeKeys, "active key", "active keys")).to("#keys"));
    all.add(Fact.of("Workflows", workflows(agent.workflows())));
    Fact history = Fact.of("History", "in the ledger");
    all.add(
        readsLedger
            ? history.to(PageUrl.of("/ledger").with("thing", "Agent/" + agent.name()).toString())
            : history);
    return all;
  }

  private static Fact inForce(String where, Digest version, Versions versions) {
    String shown = Ids.version(version.hex());
    String diff =
        versions.rows().stream()
            .filter(row -> row.digest().equals(version.hex()))
            .map(VersionRow::diffHref)
            .findFirst()
            .orElse("");
    return new Fact("In " + where, shown, diff, "in force", true);
  }

  private String environments() {
    return facts.environments().isEmpty() ? "none said" : String.join(", ", facts.environments());
  }

  private String workflows(List<String> declared) {
    if (!declared.isEmpty()) {
      return String.join(", ", declared);
    }
    List<String> seen = facts.used(UsedPart.Kind.WORKFLOW).stream().map(UsedPart::name).toList();
    return seen.isEmpty() ? "none declared" : String.join(", ", seen) + " (seen)";
  }

  private static String autonomy(Agent.Autonomy autonomy) {
    return switch (autonomy) {
      case SUGGEST -> "suggests, people act";
      case ACT_WITH_APPROVAL -> "acts with approval";
      case ACT -> "acts by itself";
    };
  }

  private static String oversight(Agent.Oversight oversight) {
    return switch (oversight) {
      case GOVERNED -> "governed: its calls pass the gateway";
      case OBSERVED -> "observed only";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
