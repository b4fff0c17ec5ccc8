// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.gateway.wire.Refusal;

/// An error in the words of the protocol.
///
/// @param code of JSON-RPC
/// @param status of HTTP, for the binding that has no other
/// @param word of gRPC for the status
/// @param reason as machines read it
/// @param rpcStatus of HTTP under which JSON-RPC says it
record A2aError(int code, int status, String word, String reason, int rpcStatus, String message) {
  private static final int OK = 200;

  static A2aError versionNotSupported(String message) {
    return new A2aError(-32009, 400, "UNIMPLEMENTED", "VERSION_NOT_SUPPORTED", OK, message);
  }

  static A2aError pushNotSupported() {
    return new A2aError(
        -32003,
        400,
        "UNIMPLEMENTED",
        "PUSH_NOTIFICATION_NOT_SUPPORTED",
        OK,
        "Steward forwards no push notifications: stream the task, or ask for it again.");
  }

  static A2aError unsupported(String message) {
    return new A2aError(-32004, 400, "UNIMPLEMENTED", "UNSUPPORTED_OPERATION", OK, message);
  }

  static A2aError noExtendedCard() {
    return new A2aError(
        -32007,
        400,
        "FAILED_PRECONDITION",
        "EXTENDED_AGENT_CARD_NOT_CONFIGURED",
        OK,
        "There is no extended agent card behind Steward: read the agent card.");
  }

  static A2aError taskNotFound() {
    return new A2aError(
        -32001, 404, "NOT_FOUND", "TASK_NOT_FOUND", OK, "The task is not known for this client.");
  }

  static A2aError unreadable(String message) {
    return new A2aError(-32700, 400, "INVALID_ARGUMENT", "PARSE_ERROR", OK, message);
  }

  static A2aError invalid(String message) {
    return new A2aError(-32600, 400, "INVALID_ARGUMENT", "INVALID_REQUEST", OK, message);
  }

  static A2aError of(Refusal refusal) {
    int status = refusal.kind().status();
    String word =
        switch (refusal.kind()) {
          case UNAUTHENTICATED -> "UNAUTHENTICATED";
          case DENIED, KILLED, LOOP -> "PERMISSION_DENIED";
          case MALFORMED -> "INVALID_ARGUMENT";
          case NO_SUCH_MODEL -> "NOT_FOUND";
          case TOO_LARGE -> "OUT_OF_RANGE";
          case BUDGET, BUSY -> "RESOURCE_EXHAUSTED";
          case INTERNAL -> "INTERNAL";
          case UPSTREAM_FAILED, CIRCUIT_OPEN, STOPPING, UNRECORDED -> "UNAVAILABLE";
          case UPSTREAM_LATE -> "DEADLINE_EXCEEDED";
        };
    int code = status < 500 ? -32600 : -32603;
    String reason = refusal.kind().name();
    return new A2aError(code, status, word, reason, status, refusal.message());
  }
}
