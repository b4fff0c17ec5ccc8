// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import io.grpc.Status.Code;

/// Failures as `google.rpc.Status`, the way OTLP tells them.
final class RpcStatus {
  private RpcStatus() {}

  static Status of(ApiException failure) {
    return Status.newBuilder()
        .setCode(code(failure.code()).value())
        .setMessage(String.valueOf(failure.getMessage()))
        .build();
  }

  /// With RetryInfo where the same request can succeed later; without it a sender must not retry.
  static Status withRetry(ApiException failure, java.time.Duration retryAfter) {
    Status status = of(failure);
    if (!failure.code().retryable()) {
      return status;
    }
    RetryInfo retry =
        RetryInfo.newBuilder()
            .setRetryDelay(
                Duration.newBuilder()
                    .setSeconds(retryAfter.toSeconds())
                    .setNanos(retryAfter.toNanosPart()))
            .build();
    return status.toBuilder().addDetails(Any.pack(retry)).build();
  }

  private static Code code(ErrorCode code) {
    return switch (code) {
      case MALFORMED, UNSUPPORTED_TYPE, INVALID -> Code.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
      case FORBIDDEN -> Code.PERMISSION_DENIED;
      case NOT_FOUND, GONE -> Code.NOT_FOUND;
      case CONFLICT -> Code.ALREADY_EXISTS;
      case TOO_LARGE -> Code.RESOURCE_EXHAUSTED;
      case SLOW_DOWN, LEDGER_BUSY, JOURNAL_FULL, STARTING, STORAGE_FAILED -> Code.UNAVAILABLE;
      case INTERNAL -> Code.INTERNAL;
    };
  }
}
