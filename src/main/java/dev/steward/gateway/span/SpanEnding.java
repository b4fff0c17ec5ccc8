// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.gateway.wire.Refusal;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.jspecify.annotations.Nullable;

/// How a call of an endpoint ended, as its span says it.
final class SpanEnding {
  private static final int ERROR_FROM = 400;

  private SpanEnding() {}

  /// A status stands in any case: without one the run would be taken to be at work.
  ///
  /// @param error in a word how its answer ended too early, "" where it did not
  /// @param status of HTTP, 0 where there was no answer
  static void put(
      @Nullable Refusal refusal,
      String error,
      int status,
      Span.Builder span,
      Attributes attributes) {
    if (status > 0) {
      attributes.put("http.response.status_code", status);
    }
    String type = type(refusal, error, status);
    if (type.isEmpty()) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK));
      return;
    }
    attributes.put("error.type", type);
    if (refusal != null && refusal.kind().stopsRun()) {
      span.addEvents(SpanWriter.stopped(refusal, span.getEndTimeUnixNano()));
    }
    span.setStatus(
        Status.newBuilder()
            .setCode(Status.StatusCode.STATUS_CODE_ERROR)
            .setMessage(refusal == null ? type : refusal.message()));
  }

  private static String type(@Nullable Refusal refusal, String error, int status) {
    if (refusal != null) {
      return refusal.kind().word();
    }
    return error.isEmpty() && status >= ERROR_FROM ? Integer.toString(status) : error;
  }
}
