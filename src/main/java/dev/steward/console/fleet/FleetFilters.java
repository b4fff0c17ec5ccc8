// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Filter;
import dev.steward.console.fleet.FleetReader.Both;
import dev.steward.console.web.PageRequest;
import dev.steward.control.registry.AgentFilter;
import dev.steward.control.registry.Registry;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The filters of the fleet, as its address says them: what an agent is, what it may reach as
/// declared, and what it was seen to use.
final class FleetFilters {
  private final PageRequest request;
  private final State state;
  private final @Nullable Set<String> reaching;
  private final @Nullable Set<String> calling;
  private final @Nullable Set<String> running;
  private final @Nullable Set<String> governed;

  FleetFilters(PageRequest request, State state) {
    this.request = request;
    this.state = state;
    Registry registry = new Registry(state);
    String environment = orEmpty(request.parameter("environment"));
    AgentFilter all = AgentFilter.ALL.withEnvironment(environment);
    reaching = declared(registry, request.parameter("data"), all::withData);
    calling = declared(registry, request.parameter("tool"), all::withTool);
    running = declared(registry, request.parameter("model"), all::withModel);
    governed = declared(registry, request.parameter("policy"), all::withPolicy);
  }

  private static @Nullable Set<String> declared(
      Registry registry, @Nullable String value, Function<String, AgentFilter> filter) {
    return value == null
        ? null
        : registry.agents(filter.apply(value)).stream()
            .map(Agent::name)
            .collect(Collectors.toSet());
  }

  boolean matches(Both both) {
    Agent agent = both.agent();
    String name = both.activity().agent();
    String text = request.parameter("q");
    return (text == null || both.matches(text.toLowerCase(Locale.ROOT)))
        && same("team", both.team())
        && same("risk", agent == null ? "unknown" : risk(agent))
        && same("owner", agent == null ? "" : agent.owner())
        && labelled(both)
        && (reaching == null || reaching.contains(name))
        && (governed == null || governed.contains(name))
        && (calling == null
            || calling.contains(name)
            || both.activity().tools().contains(request.parameter("tool")))
        && (running == null
            || running.contains(name)
            || both.activity().models().contains(request.parameter("model")));
  }

  private boolean same(String parameter, String value) {
    String wanted = request.parameter(parameter);
    return wanted == null || wanted.equals(value);
  }

  private boolean labelled(Both both) {
    String wanted = request.parameter("label");
    return wanted == null || labels(both).anyMatch(wanted::equals);
  }

  private static Stream<String> labels(Both both) {
    Agent agent = both.agent();
    return agent == null
        ? Stream.empty()
        : agent.metadata().labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue());
  }

  /// All filters with what they offer.
  List<Filter> offered(List<Both> all) {
    return List.of(
        filter("team", "Team", all, both -> Stream.of(both.team())),
        filter("risk", "Risk", all, FleetFilters::risks),
        filter("owner", "Owner", all, FleetFilters::owners),
        filter("label", "Label", all, FleetFilters::labels),
        new Filter("data", "Data", Choice.anyOr(data(), request.parameter("data"))),
        new Filter("policy", "Policy", Choice.anyOr(policies(), request.parameter("policy"))),
        filter("model", "Model", all, both -> both.activity().models().stream()),
        filter("tool", "Tool", all, both -> both.activity().tools().stream()));
  }

  private List<String> policies() {
    return state.all(Policy.class).stream().map(Policy::name).toList();
  }

  /// Values of the label `data`, and the sources by name.
  private Set<String> data() {
    Set<String> data = new TreeSet<>();
    for (DataSource source : state.all(DataSource.class)) {
      Map<String, String> labels = source.metadata().labels();
      if (labels.containsKey("data")) {
        data.add(String.valueOf(labels.get("data")));
      }
      data.add(source.name());
    }
    return data;
  }

  private Filter filter(
      String name, String label, List<Both> all, Function<Both, Stream<String>> values) {
    List<String> seen = all.stream().flatMap(values).filter(v -> !v.isEmpty()).distinct().toList();
    return new Filter(name, label, Choice.anyOr(seen, request.parameter(name)));
  }

  private static Stream<String> risks(Both both) {
    return both.agent() == null ? Stream.empty() : Stream.of(risk(both.agent()));
  }

  private static Stream<String> owners(Both both) {
    return both.agent() == null ? Stream.empty() : Stream.of(both.agent().owner());
  }

  private static String risk(Agent agent) {
    return agent.risk().name().toLowerCase(Locale.ROOT);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
