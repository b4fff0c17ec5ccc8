// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.time.Instant;
import java.util.List;

/// What a gate is asked about: a release on one State.
///
/// @param others ids of the people who agreed, without the one who started it
/// @param proving knows what was proved
record Asked(
    State state,
    ReleaseRecord record,
    Agent agent,
    AgentVersion version,
    List<String> others,
    Instant now,
    Proving proving) {
  String environment() {
    return record.release().to();
  }
}
