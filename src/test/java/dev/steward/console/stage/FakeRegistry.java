// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.console.view.Registry;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Person;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A registry of eight agents in four teams.
public final class FakeRegistry implements Registry {
  private static final List<Agent> AGENTS =
      List.of(
          agent("refunds", "support", "dana", Agent.Risk.HIGH),
          agent("fraud-check", "support", "dana", Agent.Risk.LIMITED),
          agent("inbox", "support", "mei", Agent.Risk.LIMITED),
          agent("claims", "claims", "tomas", Agent.Risk.HIGH),
          agent("letters", "claims", "priya", Agent.Risk.MINIMAL),
          agent("rebooking", "travel", "jonas", Agent.Risk.HIGH),
          agent("notes", "travel", "ana", Agent.Risk.MINIMAL),
          agent("research", "research", "ana", Agent.Risk.LIMITED),
          agent("coder", "research", "mei", Agent.Risk.LIMITED),
          agent("translator", "research", "mei", Agent.Risk.MINIMAL));

  private static final Map<String, String> PEOPLE =
      Map.of(
          "dana",
          "Dana Okafor",
          "mei",
          "Mei Tanaka",
          "tomas",
          "Tomas Novak",
          "priya",
          "Priya Nair",
          "jonas",
          "Jonas Weber",
          "ana",
          "Ana Ruiz");

  @Override
  public Collection<Agent> agents() {
    return AGENTS;
  }

  @Override
  public Optional<Person> person(String nameOrId) {
    String name = nameOrId.startsWith("p-") ? nameOrId.substring(2) : nameOrId;
    return Optional.ofNullable(PEOPLE.get(name))
        .map(display ->
            new Person(
                new Metadata(name, Map.of()),
                "p-" + name,
                display,
                name + "@example.com",
                List.of()));
  }

  @Override
  public String versionInForce(String agent, String environment) {
    return environment.equals("production")
        ? Digest.of(agent).hex().substring(0, 12)
        : "undeclared";
  }

  private static Agent agent(String name, String team, String owner, Agent.Risk risk) {
    AgentVersion version =
        new AgentVersion(Digest.of(name), List.of(), List.of(), List.of(), List.of(), "{}");
    return new Agent(
        new Metadata(name, Map.of("team", team)),
        owner,
        "",
        "",
        List.of(),
        Agent.Autonomy.ACT,
        Agent.Oversight.OBSERVED,
        risk,
        version,
        List.of());
  }
}
