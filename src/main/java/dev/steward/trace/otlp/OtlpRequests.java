// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/// Reads accepted payloads back into the messages of the protocol.
public final class OtlpRequests {
  private OtlpRequests() {}

  /// @throws ApiException MALFORMED, never for a payload that `Acceptance` let through
  public static ExportTraceServiceRequest traces(byte[] payload) {
    return read(ExportTraceServiceRequest.parser(), payload);
  }

  /// @throws ApiException MALFORMED, never for a payload that `Acceptance` let through
  public static ExportLogsServiceRequest logs(byte[] payload) {
    return read(ExportLogsServiceRequest.parser(), payload);
  }

  /// @throws ApiException MALFORMED, never for a payload that `Acceptance` let through
  public static ExportMetricsServiceRequest metrics(byte[] payload) {
    return read(ExportMetricsServiceRequest.parser(), payload);
  }

  private static <T extends MessageLite> T read(Parser<T> parser, byte[] payload) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(payload);
      in.setRecursionLimit(WireScan.DEPTH_MAX + 8);
      T message = parser.parseFrom(in);
      in.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new ApiException(
          ErrorCode.MALFORMED, "not an OTLP protobuf request: " + e.getMessage(), e);
    }
  }
}
