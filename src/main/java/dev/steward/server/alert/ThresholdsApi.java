// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.control.state.State;
import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.insight.alert.AlertSight;
import dev.steward.insight.alert.ThresholdReading;
import dev.steward.insight.alert.ThresholdReading.Beyond;
import dev.steward.insight.alert.ThresholdReading.NotEnough;
import dev.steward.insight.alert.ThresholdReading.Within;
import dev.steward.insight.alert.Thresholds;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the thresholds of alert rules say now.
public final class ThresholdsApi {
  private final Supplier<State> state;
  private final Thresholds thresholds;

  public ThresholdsApi(Supplier<State> state, Thresholds thresholds) {
    this.state = state;
    this.thresholds = thresholds;
  }

  /// By rule and agent.
  public record ReadingList(List<ReadingItem> items) {}

  /// What a threshold says of one agent.
  ///
  /// @param environment "" for everywhere
  /// @param measure success, errors, duration, cost or runs
  /// @param side above or below, where it is too much
  /// @param runs that count for the measure
  /// @param leastRuns that are needed to say anything
  /// @param said beyond, within or not-enough-data
  /// @param value null where nothing can be said
  /// @param why nothing can be said, null where something is
  public record ReadingItem(
      String rule,
      String agent,
      String environment,
      String measure,
      String side,
      BigDecimal limit,
      String window,
      long runs,
      long leastRuns,
      String said,
      @Nullable BigDecimal value,
      @Nullable String why) {
    private static ReadingItem of(ThresholdReading reading) {
      return new ReadingItem(
          reading.rule().name(),
          reading.agent(),
          reading.environment(),
          Fields.word(reading.threshold().measure()),
          Fields.word(reading.threshold().side()),
          reading.threshold().limit(),
          Durations.write(reading.threshold().window()),
          reading.runs(),
          reading.threshold().runs(),
          reading.said().word(),
          switch (reading.said()) {
            case Beyond(BigDecimal value) -> value;
            case Within(BigDecimal value) -> value;
            case NotEnough _ -> null;
          },
          reading.said() instanceof NotEnough(String why) ? why : null);
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/thresholds", Need.READ)
            .about(
                AlertsApi.GROUP,
                "What the thresholds of AlertRules say of each agent now, also that there is not"
                    + " enough data.")
            .gives(ReadingList.class)
            .by(this::list));
  }

  private Reply list(Exchange exchange) {
    AlertSight sight = AlertsApi.sight(exchange, state.get());
    return Reply.json(
        new ReadingList(
            thresholds.read().stream().filter(sight::sees).map(ReadingItem::of).toList()));
  }
}
