// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.gateway.endpoint.RequestBody;
import dev.steward.gateway.wire.Request;

/// One call of an agent as it came in.
///
/// @param head the request without its body
/// @param agent that is called
/// @param operation the method of its protocol
/// @param conversation that the call names in its own way, "" for none
/// @param converses whether a call that names no conversation begins one
/// @param follows whether it only looks after work that the same caller was let begin
public record AgentAsked(
    Request head,
    String agent,
    String operation,
    RequestBody body,
    String conversation,
    boolean converses,
    boolean follows,
    AgentForm form) {

  /// The same once more, whose body has come whole and is at hand.
  AgentAsked again() {
    return new AgentAsked(
        head, agent, operation, body.again(), conversation, converses, follows, form);
  }

  /// "" where it is absent or too long to be meant.
  String header(String name, int max) {
    return head.header(name).map(String::strip).filter(v -> v.length() <= max).orElse("");
  }
}
