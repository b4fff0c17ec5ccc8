// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/// Reads one OTLP/JSON trace request, as the server's own receiver does.
@FunctionalInterface
public interface OtlpJsonReader {
  /// @throws dev.steward.domain.ApiException when it is none
  ExportTraceServiceRequest read(byte[] json);
}
