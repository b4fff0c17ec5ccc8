// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A tool server gave no result.
public final class ToolServerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;

  public ToolServerException(Reason reason) {
    super(reason.message());
    this.reason = reason;
  }

  public ToolServerException(Reason reason, Throwable cause) {
    super(reason.message(), cause);
    this.reason = reason;
  }

  /// What became of the call.
  public sealed interface Reason {
    /// For people: cause, place and remedy, without any secret.
    String message();

    /// The server has not seen it: no connection, no free place, its circuit is open.
    record NotSent(String message) implements Reason {}

    /// Whether it was executed is not known: it broke off, was late, or made no sense.
    record Unknown(String message, boolean late) implements Reason {}

    /// The server refused it with a JSON-RPC error.
    ///
    /// @param error the `error` of the answer, as it came
    record Refused(ObjectNode error, String message) implements Reason {}
  }

  public Reason reason() {
    return reason;
  }

  /// The server's own JSON-RPC error, empty where there is none.
  public Optional<ObjectNode> error() {
    return reason instanceof Reason.Refused refused
        ? Optional.of(refused.error())
        : Optional.empty();
  }
}
