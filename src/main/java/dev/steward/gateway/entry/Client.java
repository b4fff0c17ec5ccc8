// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.entry;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.wire.Request;

/// Who sent a request, and what it is connected with.
public record Client(Caller caller, Destination destination, Request http) {

  /// "" where it is absent.
  public String header(String name) {
    return http.header(name).map(String::strip).orElse("");
  }

  /// What it says of the place of its request.
  public ToolOrigin origin(RpcMessage message) {
    return ToolOrigin.of(this::header, message.meta());
  }

  /// Whether its answers may be streams.
  public boolean streams() {
    return header("Accept").contains("text/event-stream");
  }

  /// Whose sessions and tasks are its own.
  public String owner() {
    return caller.agent().name() + "\n" + caller.environment() + "\n" + caller.key().id();
  }
}
