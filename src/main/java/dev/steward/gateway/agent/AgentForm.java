// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.endpoint.OwnAnswer;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.wire.Refusal;
import tools.jackson.databind.node.ObjectNode;

/// What the protocol of a call decides: where at an endpoint it goes, and how a refusal is said.
public interface AgentForm {
  /// The address at an endpoint, absolute and encoded.
  ///
  /// @throws dev.steward.gateway.wire.RefusedException where the endpoint has none for the call
  /// @throws dev.steward.gateway.upstream.UpstreamException where it must be asked for it and fails
  String uri(Endpoint endpoint, String secret);

  /// Whether a version that knows nothing of what was said before can make sense of the call.
  boolean copied(AgentAsked asked);

  /// How a call ended, in a word that is the same for calls that ended alike.
  ///
  /// @param status of HTTP, 0 where nothing was answered
  default String outcome(int status, byte[] answer) {
    return status / 100 + "xx";
  }

  OwnAnswer refusal(Refusal refusal);

  /// What a call asks for, as people see it who must agree to it; the same call made again gives
  /// the same.
  ObjectNode wish(byte[] body);

  /// Says that a call waits for people, and how to ask again.
  OwnAnswer waits(ApprovalEnding.Waiting waiting);

  /// What ends a stream of events that was already being answered; none where nothing can.
  byte[] event(Refusal refusal);

  /// Reads along what the endpoint answers.
  Relay.Filter reading(Answering answering);

  /// An answer that begins.
  ///
  /// @param events whether it is a stream of events
  record Answering(int status, boolean events, Owner owner) {}

  /// Whose call it is.
  ///
  /// @param caller name of the agent that asks
  /// @param agent that is asked
  /// @param conversation that it was given
  record Owner(String caller, String agent, String environment, String conversation) {}
}
