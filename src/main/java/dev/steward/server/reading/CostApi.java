// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Price;
import dev.steward.insight.sight.DiscreetCosts;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.export.CostCsv;
import dev.steward.server.export.FocusCsv;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.Money;
import dev.steward.trace.price.ListedPrices;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What agents cost.
public final class CostApi {
  private static final Duration USUAL = Duration.ofDays(30);
  private static final int ROWS_MAX = 200_000;
  private static final List<By> FILTERS =
      Arrays.stream(By.values()).filter(by -> !by.time()).toList();

  /// How the answer is written.
  private enum Format {
    JSON,
    CSV,
    FOCUS
  }

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
  /// @param runs null when they were not to be counted
  public record CostRow(
      Map<String, String> group,
      Money cost,
      int unknownCosts,
      @Nullable Long runs,
      long modelCalls,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens) {}

  /// What tasks cost, with everything that was tried for them, in groups.
  public record TaskTable(List<String> by, Instant from, Instant to, List<TaskRow> items) {}

  /// The tasks of one group.
  ///
  /// @param judged tasks of which an outcome is known
  /// @param successes tasks that a run ended well for
  /// @param judgedCost of all runs of the judged tasks
  /// @param perSuccess that cost for each success, null where there is none or some of it is
  ///   unknown
  public record TaskRow(
      Map<String, String> group,
      long runs,
      long tasks,
      long judged,
      long successes,
      Money judgedCost,
      int unknownCosts,
      @Nullable BigDecimal perSuccess) {}

  public List<Route> routes() {
    return List.of(
        asking(
                Route.get("/api/v1/cost", Need.READ)
                    .about(
                        "Cost",
                        "Cost of a stretch of time, grouped. As JSON, as CSV, or by day in the"
                            + " columns of FOCUS; an unknown cost is an empty cell there, never"
                            + " 0."))
            .query(
                "by",
                "string",
                "Dimensions separated by commas: agent, caller, version, what, provider, model,"
                    + " tool, workflow, team, environment, run, step, day, hour, minute. What is"
                    + " where the money went: model, tool, api, retrieval, compute or review.")
            .query(
                "what",
                "string",
                "Only what went to this: model, tool, api, retrieval, compute, review.")
            .query("provider", "string", "Only what this provider is paid.")
            .query("model", "string", "Only this model.")
            .query("tool", "string", "Only what was spent inside of this tool.")
            .query("step", "string", "Only the steps of this name.")
            .query("caller", "string", "Only what was spent in runs of this agent.")
            .query("format", "string", "json (the usual), csv or focus.")
            .gives(CostTable.class)
            .by(this::cost),
        asking(
                Route.get("/api/v1/cost/tasks", Need.READ)
                    .about(
                        "Cost",
                        "What tasks cost, and a successful one, by runs that started then."))
            .query(
                "by",
                "string",
                "Dimensions separated by commas: agent, version, workflow, team, environment, run,"
                    + " day, hour, minute.")
            .gives(TaskTable.class)
            .by(this::tasks));
  }

  private static Route.Writing asking(Route.Writing route) {
    return route
        .query("from", "date-time", "From this time on; usually 30 days back.")
        .query("to", "date-time", "Before this time; usually now.")
        .query("agent", "string", "Only this agent.")
        .query("version", "string", "Only this version.")
        .query("workflow", "string", "Only this workflow.")
        .query("run", "string", "Only this run.")
        .query("team", "string", "Only this team.")
        .query("environment", "string", "Only this environment.");
  }

  private Reply cost(Exchange exchange) {
    Asked asked = new Asked(exchange);
    CostQuery query = query(exchange, asked, FILTERS);
    return switch (asked.oneOf("format", Format.class).orElse(Format.JSON)) {
      case JSON -> {
        List<String> names = names(query);
        List<CostRow> rows =
            limited(rows(exchange, query)).stream().map(r -> row(names, r)).toList();
        yield Reply.json(new CostTable(names, query.from(), query.to(), rows));
      }
      case CSV -> file("cost.csv", CostCsv.of(query, limited(rows(exchange, query))));
      case FOCUS -> {
        CostQuery daily = FocusCsv.daily(query);
        List<CostQuery.Row> rows = limited(rows(exchange, daily));
        yield file("cost-focus.csv", new FocusCsv(providers(rows, query.to())).of(rows));
      }
    };
  }

  /// Who may not see all agents is told nothing of those that call theirs.
  private List<CostQuery.Row> rows(Exchange exchange, CostQuery query) {
    String environment = new Asked(exchange).text("environment").orElse("");
    Sight sight = new Sight(exchange.caller(), state.get());
    return sight.agents(environment).isEmpty()
        ? history.traces().cost(query)
        : DiscreetCosts.of(
            history.traces(),
            query,
            agent -> exchange.caller().may(Permission.READ, sight.target(agent, environment)));
  }

  private Reply tasks(Exchange exchange) {
    Asked asked = new Asked(exchange);
    CostQuery query = query(exchange, asked, FILTERS.stream().filter(By::ofRuns).toList());
    List<By> several = query.by().stream().filter(by -> !by.ofRuns()).toList();
    if (!several.isEmpty()) {
      throw Asked.malformed("by", word(several.getFirst()), "what a run has one of");
    }
    List<String> names = names(query);
    List<TaskRow> rows = history.traces().tasks(query).stream().map(r -> row(names, r)).toList();
    return Reply.json(new TaskTable(names, query.from(), query.to(), rows));
  }

  private CostQuery query(Exchange exchange, Asked asked, List<By> filters) {
    Optional<String> agent = asked.text("agent");
    String environment = asked.text("environment").orElse("");
    Sight sight = new Sight(exchange.caller(), state.get());
    Optional<Set<String>> visible = sight.agents(environment);
    if (agent.isPresent() || (visible.isPresent() && visible.get().isEmpty())) {
      exchange
          .caller()
          .require(
              Permission.READ, agent.map(a -> sight.target(a, environment)).orElse(Target.SERVER));
    }
    List<By> by = asked.allOf("by", By.class);
    Instant to = asked.moment("to").orElseGet(clock::instant);
    Instant from = asked.moment("from").orElse(to.minus(USUAL));
    List<By> wanted = by.isEmpty() ? List.of(By.AGENT) : by.stream().distinct().toList();
    Map<By, Set<String>> only = new EnumMap<>(By.class);
    for (By filter : filters) {
      asked.text(word(filter)).ifPresent(value -> only.put(filter, Set.of(value)));
    }
    if (agent.isEmpty()) {
      visible.ifPresent(agents -> only.put(By.AGENT, agents));
    }
    return new CostQuery(wanted, from, to, only);
  }

  /// The provider of each model, by the price that a call of it without one would be billed by.
  private Map<String, String> providers(List<CostQuery.Row> daily, Instant at) {
    ListedPrices prices = ListedPrices.overStarter(state.get().all(Price.class));
    Map<String, String> providers = new HashMap<>();
    for (CostQuery.Row row : daily) {
      providers.computeIfAbsent(
          FocusCsv.model(row),
          model -> prices.find(null, model, null, at).map(Price::provider).orElse(""));
    }
    return providers;
  }

  private static List<CostQuery.Row> limited(List<CostQuery.Row> rows) {
    if (rows.size() > ROWS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "The answer would have %d rows, more than %d: ask for a shorter time or one agent."
              .formatted(rows.size(), ROWS_MAX));
    }
    return rows;
  }

  private static Reply file(String name, String csv) {
    return Reply.bytes("text/csv; charset=utf-8", csv.getBytes(StandardCharsets.UTF_8))
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private static List<String> names(CostQuery query) {
    return query.by().stream().map(CostApi::word).toList();
  }

  private static String word(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> group(List<String> names, List<String> values) {
    Map<String, String> group = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      group.put(names.get(i), values.get(i));
    }
    return group;
  }

  private static TaskRow row(List<String> names, CostQuery.TaskRow row) {
    return new TaskRow(
        group(names, row.group()),
        row.runs(),
        row.tasks(),
        row.judged(),
        row.successes(),
        Money.of(row.cost()),
        row.cost().unknown(),
        row.perSuccess().orElse(null));
  }

  private static CostRow row(List<String> names, CostQuery.Row row) {
    return new CostRow(
        group(names, row.group()),
        Money.of(row.cost()),
        row.cost().unknown(),
        row.runs(),
        row.modelCalls(),
        row.inputTokens(),
        row.outputTokens());
  }
}
