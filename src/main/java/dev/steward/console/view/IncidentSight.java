// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.assurance.incident.Reading;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.incident.Incident;
import dev.steward.control.state.State;
import dev.steward.trace.run.Run;
import java.util.List;
import java.util.Optional;

/// The incidents that a reader may see: those of which every agent may be seen where it is
/// concerned.
public record IncidentSight(Reader reader, State state) implements Reading {

  @Override
  public boolean seesAll() {
    return reader.seesAll();
  }

  @Override
  public boolean sees(String agent, String environment) {
    return may(Permission.READ, agent, environment);
  }

  @Override
  public boolean sees(Run run) {
    return reader.sees(run);
  }

  /// The newest first.
  public List<Incident> all() {
    return state.incidents().all().reversed().stream().filter(this::sees).toList();
  }

  public Optional<Incident> find(String id) {
    return state.incidents().find(id).filter(this::sees);
  }

  /// How many are open.
  public long open() {
    return state.incidents().open().stream().filter(this::sees).count();
  }

  /// Whether the reader may say how it stands.
  public boolean operates(Incident incident) {
    return incident.agents().isEmpty()
        ? reader.operates()
        : incident.agents().stream()
            .allMatch(each -> may(Permission.OPERATE, each.agent(), each.environment()));
  }

  private boolean may(Permission permission, String agent, String environment) {
    return reader.rights().may(permission, Target.agent(agent, state.team(agent), environment));
  }
}
