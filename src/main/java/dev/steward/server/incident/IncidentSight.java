// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.control.access.Permission;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Caller;
import dev.steward.server.api.Sight;

/// Which incidents a caller may see: those of which every agent may be seen where it is concerned.
/// Who may not is not told that there is one.
record IncidentSight(Caller caller, State state) {

  boolean sees(Incident incident) {
    Sight sight = new Sight(caller, state);
    for (Concern concern : incident.agents()) {
      if (!caller.may(Permission.READ, sight.target(concern.agent(), concern.environment()))) {
        return false;
      }
    }
    return true;
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
