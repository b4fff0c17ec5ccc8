// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import com.google.protobuf.ByteString;
import dev.steward.trace.JournalRecord.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The check before the journal: what is undecodable is refused whole, spans without an identity
/// are refused one by one, everything else is accepted as it came.
public final class Acceptance {
  private static final int REASONS_MAX = 3;
  private static final int NAME_MAX = 80;

  /// @param body uncompressed
  /// @throws dev.steward.domain.ApiException MALFORMED with what is wrong and where
  public Accepted accept(Signal signal, OtlpEncoding encoding, byte[] body) {
    byte[] protobuf =
        switch (encoding) {
          case PROTOBUF -> body;
          case JSON -> JsonTranscoder.toProtobuf(signal, body);
        };
    WireScan scan = WireScan.of(signal, protobuf);
    if (scan.unidentified() > 0) {
      return withoutUnidentified(signal, scan);
    }
    byte[] payload = signal == Signal.TRACES ? ClaimedScopes.without(scan.bytes()) : scan.bytes();
    return new Accepted(signal, payload, scan.items(), 0, warning(scan));
  }

  private static String warning(WireScan scan) {
    return scan.repaired() == 0
        ? ""
        : scan.repaired() + " bytes of text were not UTF-8 and were replaced by '?'";
  }

  private static Accepted withoutUnidentified(Signal signal, WireScan scan) {
    ExportTraceServiceRequest.Builder request = OtlpRequests.traces(scan.bytes()).toBuilder();
    List<String> reasons = new ArrayList<>();
    for (int r = 0; r < request.getResourceSpansCount(); r++) {
      ResourceSpans.Builder resource = request.getResourceSpansBuilder(r);
      for (int s = 0; s < resource.getScopeSpansCount(); s++) {
        ScopeSpans.Builder scope = resource.getScopeSpansBuilder(s);
        List<Span> kept = new ArrayList<>(scope.getSpansCount());
        for (int i = 0; i < scope.getSpansCount(); i++) {
          Span span = scope.getSpans(i);
          String wrong = wrongWith(span);
          if (wrong.isEmpty()) {
            kept.add(span);
          } else if (reasons.size() < REASONS_MAX) {
            String place = "resourceSpans[%d].scopeSpans[%d].spans[%d]".formatted(r, s, i);
            reasons.add("%s \"%s\": %s".formatted(place, shortened(span.getName()), wrong));
          }
        }
        scope.clearSpans().addAllSpans(kept);
      }
    }
    int rejected = scan.unidentified();
    String more = rejected > reasons.size() ? "; ..." : "";
    String repaired = warning(scan);
    String message =
        rejected
            + (rejected == 1 ? " span was refused: " : " spans were refused: ")
            + String.join("; ", reasons)
            + more
            + (repaired.isEmpty() ? "" : "; " + repaired);
    byte[] payload = ClaimedScopes.without(request.build().toByteArray());
    return new Accepted(signal, payload, scan.items() - rejected, rejected, message);
  }

  private static String wrongWith(Span span) {
    String trace = wrongWith("trace id", span.getTraceId(), 16);
    return trace.isEmpty() ? wrongWith("span id", span.getSpanId(), 8) : trace;
  }

  private static String wrongWith(String what, ByteString id, int size) {
    if (id.isEmpty()) {
      return "no " + what;
    }
    if (id.size() != size) {
      return what + " of " + id.size() + " bytes where " + size + " are needed";
    }
    for (int i = 0; i < size; i++) {
      if (id.byteAt(i) != 0) {
        return "";
      }
    }
    return what + " " + HexFormat.of().formatHex(id.toByteArray()) + " is all zeros";
  }

  private static String shortened(String name) {
    return name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX) + "...";
  }
}
