// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;

/// Where imported requests go.
@FunctionalInterface
public interface ImportSink {
  /// Hands the request over and returns once it is acknowledged.
  ///
  /// @throws dev.steward.domain.ApiException when it is refused for good
  /// @throws IOException when nobody can be reached
  Receipt send(ExportTraceServiceRequest request) throws IOException, InterruptedException;

  /// What became of a request.
  ///
  /// @param rejected how many of its spans were refused
  /// @param message why, "" when none was
  record Receipt(long rejected, String message) {
    public static final Receipt WHOLE = new Receipt(0, "");
  }
}
