// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.otlp.Accepted;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The answer to an accepted export: empty, or what of it was refused.
final class ExportResponse {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ExportResponse() {}

  static byte[] protobuf(Accepted accepted) {
    if (whole(accepted)) {
      return new byte[0];
    }
    return switch (accepted.signal()) {
      case TRACES ->
          ExportTraceServiceResponse.newBuilder()
              .setPartialSuccess(
                  ExportTracePartialSuccess.newBuilder()
                      .setRejectedSpans(accepted.rejected())
                      .setErrorMessage(accepted.message()))
              .build()
              .toByteArray();
      case LOGS ->
          ExportLogsServiceResponse.newBuilder()
              .setPartialSuccess(
                  ExportLogsPartialSuccess.newBuilder()
                      .setRejectedLogRecords(accepted.rejected())
                      .setErrorMessage(accepted.message()))
              .build()
              .toByteArray();
      case METRICS ->
          ExportMetricsServiceResponse.newBuilder()
              .setPartialSuccess(
                  ExportMetricsPartialSuccess.newBuilder()
                      .setRejectedDataPoints(accepted.rejected())
                      .setErrorMessage(accepted.message()))
              .build()
              .toByteArray();
    };
  }

  static byte[] json(Accepted accepted) {
    ObjectNode answer = JSON.createObjectNode();
    if (!whole(accepted)) {
      ObjectNode partial = answer.putObject("partialSuccess");
      partial.put(rejectedName(accepted.signal()), Integer.toString(accepted.rejected()));
      partial.put("errorMessage", accepted.message());
    }
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean whole(Accepted accepted) {
    return accepted.rejected() == 0 && accepted.message().isEmpty();
  }

  private static String rejectedName(Signal signal) {
    return switch (signal) {
      case TRACES -> "rejectedSpans";
      case LOGS -> "rejectedLogRecords";
      case METRICS -> "rejectedDataPoints";
    };
  }
}
