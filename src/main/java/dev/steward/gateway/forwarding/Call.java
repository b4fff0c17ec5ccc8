// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.domain.Subject;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.proposal.Proposing;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Request;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A model call that is known and may be forwarded.
///
/// @param chain models that may answer it, in the order they are tried
/// @param proposing what is to be asked of the tool calls in its answer, empty where nothing is
/// @param maxOutput the longest answer that is paid for, empty where the client's own limit holds
public record Call(
    Endpoint endpoint,
    Request request,
    Asked asked,
    Caller caller,
    Place place,
    Subject subject,
    List<ModelChoice> chain,
    Optional<Proposing> proposing,
    OptionalLong maxOutput,
    Cuttable cuttable,
    Flight flight) {

  /// What the call concerns when that model answers it.
  Subject subject(ModelChoice choice) {
    return subject.asking(choice.provider().name(), choice.model());
  }
}
