// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.manifest.Declaration;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Policy.AgentScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps the versions of an incident's agents where they are for a day, each by a gate of its own
/// that anybody may delete who may deploy.
record Freezing(Control control, Incident incident, InstantSource clock) {
  private static final Duration TIME = Duration.ofDays(1);

  /// Empty where the reader may not, or it is frozen by such a gate already.
  Optional<Deed> deed(Visit visit, Agent agent, Concern concern, String action) {
    boolean may =
        visit
            .reader()
            .rights()
            .may(Permission.DEPLOY, Target.agent(agent.name(), Scopes.team(agent), ""));
    if (!may || frozen(agent.name()) || !firstOf(concern)) {
      return Optional.empty();
    }
    return Optional.of(
        new Deed(
                "freeze-" + agent.name(),
                action,
                visit.request().csrf(),
                Map.of("agent", agent.name(), "environment", concern.environment()),
                "Release nothing of " + agent.name() + " for a day",
                "The gate "
                    + gate(agent.name())
                    + " is declared: no version of it moves to another stage until then, and no"
                    + " canary is promoted. A rollback is not kept back. Delete the gate to end it"
                    + " sooner.",
                "Reason, kept in the ledger",
                true)
            .shown("Freeze releases"));
  }

  String act(Visit visit, Concern concern) {
    String team = control.state().team(concern.agent());
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Gate gate =
        new Gate(
            new Metadata(gate(concern.agent()), Map.of()),
            new AgentScope(
                List.of(concern.agent()), team.isEmpty() ? Map.of() : Map.of("team", team)),
            List.of(),
            new Gate.NoFreeze(List.of(new Gate.Freeze(now, now.plus(TIME)))));
    control.submit(
        new Command.ApplyResources(List.of(Declaration.of(gate))), visit.reader().actor());
    return "Nothing of " + concern.agent() + " is released until " + now.plus(TIME) + ".";
  }

  private boolean frozen(String agent) {
    Instant now = clock.instant();
    return control.state().all(Gate.class).stream()
        .filter(gate -> gate.metadata().name().equals(gate(agent)))
        .anyMatch(gate ->
            gate.requirement() instanceof Gate.NoFreeze no
                && no.freezes().stream().anyMatch(each -> each.holds(now)));
  }

  /// Whether no other place of the same agent stands before it.
  private boolean firstOf(Concern concern) {
    return incident.agents().stream()
        .filter(each -> each.agent().equals(concern.agent()))
        .findFirst()
        .filter(concern::equals)
        .isPresent();
  }

  /// No name that somebody gave.
  private String gate(String agent) {
    List<String> agents = incident.agents().stream().map(Concern::agent).distinct().toList();
    return "incident-" + incident.id() + "-" + (agents.indexOf(agent) + 1);
  }
}
