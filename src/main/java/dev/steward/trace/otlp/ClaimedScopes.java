// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import dev.steward.trace.span.Teller;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.nio.charset.StandardCharsets;

/// Keeps senders from speaking as our gateway: what it tells of a call counts before what the agent
/// tells, so nobody else's spans keep its scope.
final class ClaimedScopes {
  private static final byte[] OURS = Teller.SCOPE.getBytes(StandardCharsets.US_ASCII);
  private static final String CLAIMED = "claimed:";

  private ClaimedScopes() {}

  /// The traces with such scopes renamed; the same bytes where there are none.
  static byte[] without(byte[] traces) {
    if (!named(traces)) {
      return traces;
    }
    ExportTraceServiceRequest.Builder request = OtlpRequests.traces(traces).toBuilder();
    boolean renamed = false;
    for (ResourceSpans.Builder resource : request.getResourceSpansBuilderList()) {
      for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
        String name = scope.getScope().getName();
        if (name.startsWith(Teller.SCOPE)) {
          scope.getScopeBuilder().setName(CLAIMED + name);
          renamed = true;
        }
      }
    }
    return renamed ? request.build().toByteArray() : traces;
  }

  private static boolean named(byte[] bytes) {
    int last = bytes.length - OURS.length;
    for (int i = 0; i <= last; i++) {
      if (bytes[i] == OURS[0] && matches(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int from) {
    for (int i = 1; i < OURS.length; i++) {
      if (bytes[from + i] != OURS[i]) {
        return false;
      }
    }
    return true;
  }
}
