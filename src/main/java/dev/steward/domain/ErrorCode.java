// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

/// What a failed request should make its sender do. One switch per protocol turns a code into
/// problem+json, a gRPC status or a JSON-RPC error.
public enum ErrorCode {
  MALFORMED(Kind.CLIENT, 400),
  UNAUTHENTICATED(Kind.CLIENT, 401),
  FORBIDDEN(Kind.DENIED, 403),
  NOT_FOUND(Kind.CLIENT, 404),
  CONFLICT(Kind.CLIENT, 409),
  GONE(Kind.CLIENT, 410),
  TOO_LARGE(Kind.CLIENT, 413),
  UNSUPPORTED_TYPE(Kind.CLIENT, 415),
  INVALID(Kind.CLIENT, 422),
  SLOW_DOWN(Kind.CAPACITY, 429),
  INTERNAL(Kind.INTERNAL, 500),
  LEDGER_BUSY(Kind.CAPACITY, 503),
  JOURNAL_FULL(Kind.CAPACITY, 503),
  STARTING(Kind.CAPACITY, 503),
  STORAGE_FAILED(Kind.INTERNAL, 503);

  /// Who has to act, so that failures can be counted by cause.
  public enum Kind {
    CLIENT,
    DENIED,
    CAPACITY,
    INTERNAL
  }

  private final Kind kind;
  private final int httpStatus;

  ErrorCode(Kind kind, int httpStatus) {
    this.kind = kind;
    this.httpStatus = httpStatus;
  }

  public Kind kind() {
    return kind;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /// Whether the same request can succeed later without a change.
  public boolean retryable() {
    return kind == Kind.CAPACITY || this == STORAGE_FAILED;
  }
}
