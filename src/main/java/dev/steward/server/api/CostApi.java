// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.server.access.Need;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.Money;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What agents cost.
public final class CostApi {
  private static final Duration USUAL = Duration.ofDays(30);

  private final Supplier<State> state;
  private final History history;
  private final InstantSource clock;

  public CostApi(Supplier<State> state, History history, InstantSource clock) {
    this.state = state;
    this.history = history;
    this.clock = clock;
  }

  /// Cost in groups.
  public record CostTable(List<String> by, Instant from, Instant to, List<CostRow> items) {}

  /// One group.
  ///
  /// @param group value of each dimension, "" where a span has none
  public record CostRow(
      Map<String, String> group,
      Money cost,
      int unknownCosts,
      long runs,
      long modelCalls,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/cost", Need.READ)
            .about("Cost", "Cost of a stretch of time, grouped.")
            .query(
                "by",
                "string",
                "Dimensions separated by commas: agent, version, model, tool, workflow, team, day.")
            .query("from", "date-time", "From this time on; usually 30 days back.")
            .query("to", "date-time", "Before this time; usually now.")
            .query("agent", "string", "Only this agent.")
            .query("environment", "string", "Only this environment.")
            .gives(CostTable.class)
            .by(this::cost));
  }

  private Reply cost(Exchange exchange) {
    Asked asked = new Asked(exchange);
    Optional<String> agent = asked.text("agent");
    Optional<String> environment = asked.text("environment");
    exchange.caller().require(Permission.READ, target(agent, environment.orElse("")));
    List<By> by = asked.allOf("by", By.class);
    Instant to = asked.moment("to").orElseGet(clock::instant);
    Instant from = asked.moment("from").orElse(to.minus(USUAL));
    List<By> wanted = by.isEmpty() ? List.of(By.AGENT) : by.stream().distinct().toList();
    List<String> names = wanted.stream().map(b -> b.name().toLowerCase(Locale.ROOT)).toList();
    CostQuery query = new CostQuery(wanted, from, to, agent.orElse(null), environment.orElse(null));
    List<CostRow> rows = history.traces().cost(query).stream().map(r -> row(names, r)).toList();
    return Reply.json(new CostTable(names, from, to, rows));
  }

  private Target target(Optional<String> agent, String environment) {
    if (agent.isEmpty()) {
      return Target.SERVER;
    }
    String name = agent.get();
    Target known = state.get().agent(name).map(Sight::target).orElse(Target.agent(name, ""));
    return Target.agent(name, known.team(), environment);
  }

  private static CostRow row(List<String> names, CostQuery.Row row) {
    Map<String, String> group = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      group.put(names.get(i), row.group().get(i));
    }
    return new CostRow(
        group,
        Money.of(row.cost()),
        row.cost().unknown(),
        row.runs(),
        row.modelCalls(),
        row.inputTokens(),
        row.outputTokens());
  }
}
