// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/// Reads one OTLP/JSON trace request, as the server's own receiver does.
@FunctionalInterface
public interface OtlpJsonReader {
  /// @throws dev.steward.domain.ApiException when it is none
  Checked read(byte[] json);

  /// What of a request may be sent.
  ///
  /// @param request without the spans that no server would take
  /// @param refused how many those are
  /// @param reason why, "" when there are none
  record Checked(ExportTraceServiceRequest request, int refused, String reason) {}
}
