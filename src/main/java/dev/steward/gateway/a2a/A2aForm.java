// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.agent.AgentAsked;
import dev.steward.gateway.agent.AgentForm;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.endpoint.OwnAnswer;
import dev.steward.gateway.endpoint.PathBelow;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What one binding of A2A says and where it goes.
///
/// @param target what stands behind the address of the agent's interface, encoded
/// @param asked what was asked, as far as it is known
record A2aForm(Cards cards, A2aTasks tasks, Binding binding, String target, A2aAsked asked)
    implements AgentForm {
  /// @throws dev.steward.gateway.wire.RefusedException MALFORMED where the path leaves the url
  @Override
  public String uri(Endpoint endpoint, String secret) {
    PathBelow.require(target.split("\\?", 2)[0]);
    return cards.at(endpoint, secret, binding) + target;
  }

  /// Ids of contexts and tasks are the live agent's own.
  @Override
  public boolean copied(AgentAsked call) {
    return call.converses() && call.conversation().isEmpty() && asked.task().isEmpty();
  }

  @Override
  public String outcome(int status, byte[] answer) {
    return status / 100 == 2 ? HowEnded.of(answer) : AgentForm.super.outcome(status, answer);
  }

  @Override
  public OwnAnswer refusal(Refusal refusal) {
    List<Header> headers = new ArrayList<>(binding.headers());
    if (refusal.kind().retry()) {
      headers.add(new Header("Retry-After", "1"));
    }
    if (refusal.kind() == Refusal.Kind.UNAUTHENTICATED) {
      headers.add(new Header("WWW-Authenticate", "Bearer"));
    }
    A2aError error = A2aError.of(refusal);
    return new OwnAnswer(binding.status(error), headers, binding.body(error, asked.id()));
  }

  /// @throws dev.steward.gateway.wire.RefusedException MALFORMED where people could not read it
  @Override
  public ObjectNode wish(byte[] body) {
    return PendingTask.wish(asked, binding, target, body);
  }

  @Override
  public OwnAnswer waits(ApprovalEnding.Waiting waiting) {
    return PendingTask.said(binding, asked, waiting);
  }

  @Override
  public byte[] event(Refusal refusal) {
    return binding.event(A2aError.of(refusal), asked.id());
  }

  @Override
  public Relay.Filter reading(Answering answering) {
    return answering.status() < 300 ? new ReadAlong(tasks, answering) : Relay.Filter.NONE;
  }
}
