// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.registry;

import dev.steward.control.state.State;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The answers of one State to the questions of a registry. Every question is one pass over the
/// agents; see RATIONALE.md for why there is no index.
public final class Registry {
  private final State state;
  private final Sources sources;

  public Registry(State state) {
    this.state = state;
    this.sources = Sources.of(state);
  }

  /// Agents for which all parts of the filter hold, by name.
  public List<Agent> agents(AgentFilter filter) {
    Predicate<Agent> declared = declared(filter);
    Predicate<AgentVersion> version = version(filter);
    Predicate<Agent> governed = governed(filter);
    return state.agents().stream()
        .filter(declared)
        .filter(governed)
        .filter(agent -> asked(agent, filter.environment()).filter(version).isPresent())
        .toList();
  }

  /// The data that a version can reach, derived from its tools and data sources.
  public DataReach reach(AgentVersion version) {
    SortedMap<String, SortedSet<String>> ways = new TreeMap<>();
    SortedSet<String> unknown = new TreeSet<>();
    version.data().forEach(use -> way(ways, use.name(), "data"));
    for (ToolUse use : version.tools()) {
      Map<String, List<String>> offered = sources.byServer().get(use.server());
      if (offered == null) {
        unknown.add(use.server());
        continue;
      }
      for (String tool : all(use) ? offered.keySet() : use.tools()) {
        List<String> reached = offered.get(tool);
        if (reached == null) {
          unknown.add(use.server() + "/" + tool);
        } else {
          reached.forEach(source -> way(ways, source, use.server() + "/" + tool));
        }
      }
    }
    return new DataReach(ways, labels(ways.keySet()), unknown);
  }

  private Predicate<Agent> declared(AgentFilter filter) {
    String owner = state.person(filter.owner()).map(Person::name).orElse(filter.owner());
    String text = filter.text().toLowerCase(Locale.ROOT);
    return agent ->
        (filter.team().isEmpty() || filter.team().equals(label(agent, "team")))
            && (owner.isEmpty() || owner.equals(agent.owner()))
            && (filter.risk().isEmpty() || filter.risk().equals(Fields.word(agent.risk())))
            && filter.labels().entrySet().stream()
                .allMatch(label -> label.getValue().equals(label(agent, label.getKey())))
            && (text.isEmpty()
                || agent.name().contains(text)
                || agent.purpose().toLowerCase(Locale.ROOT).contains(text));
  }

  /// Nobody runs under a policy that is not declared.
  private Predicate<Agent> governed(AgentFilter filter) {
    if (filter.policy().isEmpty()) {
      return _ -> true;
    }
    Optional<Policy> policy =
        state
            .find(Policy.class, filter.policy())
            .filter(found ->
                filter.environment().isEmpty()
                    || found.environments().isEmpty()
                    || found.environments().contains(filter.environment()));
    return agent -> policy.isPresent() && policy.get().governs(agent);
  }

  private Predicate<AgentVersion> version(AgentFilter filter) {
    Set<String> meant = filter.data().isEmpty() ? Set.of() : sources.meant(filter.data());
    return version ->
        (filter.model().isEmpty()
                || version.models().stream().anyMatch(use -> use.model().equals(filter.model())))
            && (filter.tool().isEmpty()
                || version.tools().stream().anyMatch(use -> calls(use, filter.tool())))
            && (filter.data().isEmpty() || touches(version, meant));
  }

  /// The version that the filter asks about: the one in force there, else the one declared last.
  private Optional<AgentVersion> asked(Agent agent, String environment) {
    return environment.isEmpty()
        ? Optional.of(agent.version())
        : state.versionInForce(agent.name(), environment);
  }

  private boolean touches(AgentVersion version, Set<String> meant) {
    return version.data().stream().anyMatch(use -> meant.contains(use.name()))
        || version.tools().stream().anyMatch(use -> touches(use, meant));
  }

  private boolean touches(ToolUse use, Set<String> meant) {
    Map<String, List<String>> offered = sources.byServer().getOrDefault(use.server(), Map.of());
    return (all(use) ? offered.keySet() : use.tools())
        .stream()
            .anyMatch(
                tool -> offered.getOrDefault(tool, List.of()).stream().anyMatch(meant::contains));
  }

  /// Whether the use lets the agent call the tool, written `server/tool` or as a server alone.
  private static boolean calls(ToolUse use, String tool) {
    if (tool.equals(use.server())) {
      return true;
    }
    if (!tool.startsWith(use.server() + "/")) {
      return false;
    }
    return all(use) || use.tools().contains(tool.substring(use.server().length() + 1));
  }

  /// No list and `*` both mean every tool of the server.
  private static boolean all(ToolUse use) {
    return use.tools().isEmpty() || use.tools().contains("*");
  }

  private SortedSet<String> labels(Set<String> names) {
    SortedSet<String> labels = new TreeSet<>();
    for (String name : names) {
      DataSource source = sources.bySource().get(name);
      if (source != null) {
        source.metadata().labels().forEach((label, value) -> labels.add(label + "=" + value));
      }
    }
    return labels;
  }

  private static void way(
      SortedMap<String, SortedSet<String>> ways, String source, String through) {
    ways.computeIfAbsent(source, _ -> new TreeSet<>()).add(through);
  }

  private static String label(Agent agent, String name) {
    return agent.metadata().labels().getOrDefault(name, "");
  }
}
