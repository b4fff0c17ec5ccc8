// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A public benchmark whose recorded runs we read.
public enum Benchmark {
  TAU_BENCH,
  AGENTDOJO,
  WHOWHEN;

  /// The spans of one recorded run, in as few requests as their size allows.
  ///
  /// @param end when the run is said to have ended
  /// @throws IllegalArgumentException when the JSON is no run of this benchmark
  public List<ExportTraceServiceRequest> spans(JsonNode run, Instant end) {
    return RunSpans.of(
        switch (this) {
          case TAU_BENCH -> TauBenchRuns.read(run);
          case AGENTDOJO -> AgentDojoRuns.read(run);
          case WHOWHEN -> WhoWhenRuns.read(run);
        },
        end);
  }

  /// The word that stands in the ids and attributes of its spans.
  String word() {
    return switch (this) {
      case TAU_BENCH -> "tau-bench";
      case AGENTDOJO -> "agentdojo";
      case WHOWHEN -> "whowhen";
    };
  }
}
