// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.assurance.incident.Reading;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.incident.Incident;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Caller;
import dev.steward.server.api.Sight;
import dev.steward.trace.run.Run;

/// Which incidents a caller may see: those of which every agent may be seen where it is concerned.
/// Who may not is not told that there is one.
record IncidentSight(Caller caller, State state) implements Reading {

  @Override
  public boolean seesAll() {
    return caller.may(Permission.READ, Target.SERVER);
  }

  @Override
  public boolean sees(String agent, String environment) {
    return caller.may(Permission.READ, new Sight(caller, state).target(agent, environment));
  }

  @Override
  public boolean sees(Run run) {
    return new Sight(caller, state).sees(run);
  }

  /// The incident, as if it were not there when it may not be seen.
  Incident seen(String id) {
    return state
        .incidents()
        .find(id)
        .filter(this::sees)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "There is no incident " + id + ", or it is not yours to see."));
  }
}
