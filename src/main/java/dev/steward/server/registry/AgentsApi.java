// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.registry.AgentFilter;
import dev.steward.control.registry.DataReach;
import dev.steward.control.registry.Registry;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Policy;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Labels;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.run.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The questions of a registry: which agents touch this data, may call that tool, run this model,
/// belong to that team, and which act without being registered.
public final class AgentsApi {
  private static final String GROUP = "Agents";
  private static final Duration USUAL = Duration.ofDays(30);

  private final Moments moments;
  private final History history;
  private final InstantSource clock;

  public AgentsApi(Moments moments, History history, InstantSource clock) {
    this.moments = moments;
    this.history = history;
    this.clock = clock;
  }

  /// One page of agents, by name.
  public record AgentList(List<AgentItem> items, @Nullable String next) {}

  /// A registered agent.
  ///
  /// @param version declared last
  /// @param environments digest of the version in force, by environment
  /// @param tools `server/tool`
  /// @param data sources that it can reach, with the ways to each
  /// @param dataLabels labels of those sources, as `label=value`
  /// @param unknownReach servers and tools nobody declared, so that their reach is not known
  /// @param policy that was asked for, with where it holds; null when none was asked for
  public record AgentItem(
      String name,
      Map<String, String> labels,
      String owner,
      String purpose,
      String objective,
      List<String> workflows,
      String autonomy,
      String oversight,
      String risk,
      String version,
      Map<String, String> environments,
      List<String> models,
      List<String> tools,
      Map<String, Set<String>> data,
      Set<String> dataLabels,
      Set<String> unknownReach,
      @Nullable Governing policy) {}

  /// The policy that was asked for, and where it holds for the agent.
  ///
  /// @param mode enforce or shadow
  /// @param environments where it holds, empty for everywhere
  /// @param workflows whose agents it is for, empty for all
  public record Governing(
      String name, String mode, List<String> environments, List<String> workflows) {}

  /// Agents that sent something and were never registered.
  public record StrangerList(Instant from, Instant to, List<Stranger> items) {}

  /// One of them.
  public record Stranger(
      String name,
      Set<String> services,
      Set<String> environments,
      Set<String> models,
      Set<String> tools,
      long runs,
      Instant firstSeen,
      Instant lastSeen) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/agents", Need.READ)
            .about(GROUP, "Registered agents for which all filters hold, by name.")
            .query("label", "string", "`key=value` of the agent; may be repeated, all must hold.")
            .query("team", "string", "Label `team`.")
            .query("owner", "string", "Name of the person who owns it.")
            .query("risk", "string", "minimal, limited or high.")
            .query("tool", "string", "May call `server/tool`, or any tool of a server.")
            .query("model", "string", "Runs this model.")
            .query("data", "string", "Reaches a source, or sources with a label (`label=value`).")
            .query("environment", "string", "Has a version in force there.")
            .query("policy", "string", "Runs under this policy: its scope selects the agent.")
            .query("text", "string", "Words in its name or purpose.")
            .query("at", "string", Moments.ABOUT)
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .query("cursor", "string", "`next` of the page before.")
            .gives(AgentList.class)
            .by(this::list),
        Route.get("/api/v1/agents/unregistered", Need.READ)
            .about(GROUP, "Agents that sent something and were never registered.")
            .query("from", "date-time", "From this time on; usually 30 days back.")
            .query("to", "date-time", "Before this time; usually now.")
            .gives(StrangerList.class)
            .by(this::strangers));
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    State state = moments.state(asked);
    Sight sight = new Sight(exchange.caller(), state);
    @Nullable Governing governing =
        asked.text("policy").map(name -> governing(state, name)).orElse(null);
    Registry registry = new Registry(state);
    String after = asked.text("cursor").orElse("");
    int limit = asked.limit();
    List<Agent> found =
        registry.agents(filter(exchange, asked)).stream()
            .filter(a -> a.name().compareTo(after) > 0)
            .filter(sight::sees)
            .sorted(Comparator.comparing(Agent::name))
            .limit(limit + 1L)
            .toList();
    List<Agent> page = found.subList(0, Math.min(limit, found.size()));
    return Reply.json(
        new AgentList(
            page.stream().map(a -> item(a, state, registry, governing)).toList(),
            found.size() > limit ? page.getLast().name() : null));
  }

  private static AgentFilter filter(Exchange exchange, Asked asked) {
    Function<String, String> text = name -> asked.text(name).orElse("");
    return new AgentFilter(
        Labels.of(exchange.queryAll("label")),
        text.apply("team"),
        text.apply("owner"),
        asked.oneOf("risk", Agent.Risk.class).map(AgentsApi::word).orElse(""),
        text.apply("tool"),
        text.apply("model"),
        text.apply("data"),
        text.apply("environment"),
        text.apply("policy"),
        text.apply("text"));
  }

  private static Governing governing(State state, String name) {
    Policy policy =
        state
            .find(Policy.class, name)
            .orElseThrow(() ->
                new ApiException(ErrorCode.NOT_FOUND, "There is no Policy named " + name + "."));
    return new Governing(name, word(policy.mode()), policy.environments(), policy.workflows());
  }

  private static AgentItem item(
      Agent agent, State state, Registry registry, @Nullable Governing governing) {
    AgentVersion version = agent.version();
    DataReach reach = registry.reach(version);
    Map<String, String> environments = new TreeMap<>();
    state.environments(agent.name()).forEach((e, digest) -> environments.put(e, digest.hex()));
    return new AgentItem(
        agent.name(),
        new TreeMap<>(agent.metadata().labels()),
        agent.owner(),
        agent.purpose(),
        agent.objective(),
        agent.workflows(),
        word(agent.autonomy()),
        word(agent.oversight()),
        word(agent.risk()),
        version.digest().hex(),
        environments,
        version.models().stream().map(AgentVersion.ModelUse::model).distinct().toList(),
        version.tools().stream()
            .flatMap(u -> u.tools().stream().map(t -> u.server() + "/" + t))
            .toList(),
        reach.sources().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> Set.copyOf(e.getValue()), (a, b) -> a, TreeMap::new)),
        reach.labels(),
        reach.unknown(),
        governing);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Reply strangers(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    Asked asked = new Asked(exchange);
    Instant to = asked.moment("to").orElseGet(clock::instant);
    Instant from = asked.moment("from").orElse(to.minus(USUAL));
    List<Stranger> items =
        history.traces().activity(from, to).stream()
            .filter(a -> !a.registered() && moments.now().agent(a.agent()).isEmpty())
            .map(AgentsApi::stranger)
            .toList();
    return Reply.json(new StrangerList(from, to, items));
  }

  private static Stranger stranger(AgentActivity did) {
    return new Stranger(
        did.agent(),
        did.services(),
        did.environments(),
        did.models(),
        did.tools(),
        did.runs(),
        did.firstSeen(),
        did.lastSeen());
  }
}
