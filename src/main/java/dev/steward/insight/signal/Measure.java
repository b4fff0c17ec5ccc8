// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.signal;

import java.util.List;
import java.util.stream.IntStream;

/// What is measured of calls: the metrics of the OpenTelemetry GenAI conventions (their names in
/// Prometheus, with the unit behind them, and their buckets) and what calls cost.
public enum Measure {
  TOKENS("gen_ai_client_token_usage", "Tokens of a model call, by their type."),
  OPERATION("gen_ai_client_operation_duration_seconds", "How long a model call took."),
  FIRST_CHUNK(
      "gen_ai_client_operation_time_to_first_chunk_seconds",
      "How long a streamed answer took to begin."),
  TOOL("gen_ai_execute_tool_duration_seconds", "How long a tool call took."),
  AGENT(
      "gen_ai_invoke_agent_duration_seconds",
      "How long an agent worked, as its own process tells it."),
  COST("steward_cost_total", "What calls cost, by currency."),
  UNKNOWN_COST("steward_cost_unknown_total", "Calls of which the cost is not known, never 0.");

  private final String metric;
  private final String help;

  Measure(String metric, String help) {
    this.metric = metric;
    this.help = help;
  }

  public String metric() {
    return metric;
  }

  public String help() {
    return help;
  }

  /// Upper bounds of the buckets, ascending; none of what is only summed up.
  public List<Double> bounds() {
    return switch (this) {
      case TOKENS -> Buckets.TOKENS;
      case OPERATION, FIRST_CHUNK, TOOL -> Buckets.SECONDS;
      case AGENT -> Buckets.MINUTES;
      case COST, UNKNOWN_COST -> List.of();
    };
  }

  /// Buckets as the conventions advise them.
  private static final class Buckets {
    private static final List<Double> TOKENS = times(1, 4, 14);
    private static final List<Double> SECONDS = times(0.01, 2, 14);
    private static final List<Double> MINUTES = times(0.1, 2, 13);

    private static List<Double> times(double first, int factor, int count) {
      return IntStream.range(0, count)
          .mapToObj(i -> Math.round(first * Math.pow(factor, i) * 100) / 100.0)
          .toList();
    }
  }
}
