// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.format.Figures;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.tool.Matrix.Cell;
import dev.steward.console.tool.Matrix.Head;
import dev.steward.console.tool.Matrix.Line;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.Percent;
import dev.steward.domain.call.Caller;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Makes matrices of agents and tools from the State in force.
final class Matrices {
  private static final int AGENTS_MAX = 100;
  private static final int TOOLS_MAX = 60;
  private static final String USUAL = "production";

  private final ConsoleViews views;
  private final Framer framer;

  Matrices(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  /// What is to be shown.
  ///
  /// @param text that the name of an agent or a tool holds, "" for all
  /// @param hidden why no agent sees a tool now, by its whole name
  record Wish(
      State state,
      Reader reader,
      List<ToolServer> servers,
      String environment,
      String text,
      Map<String, String> hidden) {}

  /// Those in which an agent that the reader may see has a version in force.
  Set<String> environments(Reader reader) {
    State state = views.control().state();
    Set<String> all = new TreeSet<>();
    for (Agent agent : framer.seen(reader, state.agents())) {
      for (String environment : state.environments(agent.name()).keySet()) {
        if (sees(reader, agent, environment)) {
          all.add(environment);
        }
      }
    }
    return all;
  }

  /// The environment that is asked for, else the usual one.
  String environment(Visit visit) {
    String asked = visit.request().parameter("environment");
    if (asked != null && !asked.isBlank()) {
      return asked;
    }
    Set<String> environments = environments(visit.reader());
    return environments.isEmpty() || environments.contains(USUAL)
        ? USUAL
        : environments.iterator().next();
  }

  /// An agent with its version in force.
  private record Meant(Agent agent, AgentVersion version) {}

  Matrix of(Wish wish) {
    String text = wish.text().toLowerCase(Locale.ROOT);
    List<Agent> agents = framer.seen(wish.reader(), wish.state().agents());
    boolean byAgent = agents.stream().anyMatch(agent -> agent.name().contains(text));
    List<Meant> meant = new ArrayList<>();
    for (Agent agent : agents) {
      if ((!byAgent || agent.name().contains(text))
          && sees(wish.reader(), agent, wish.environment())) {
        wish.state()
            .versionInForce(agent.name(), wish.environment())
            .ifPresent(version -> meant.add(new Meant(agent, version)));
      }
    }
    List<Head> heads = heads(wish, meant, byAgent ? "" : text);
    List<Head> shown = heads.subList(0, Math.min(TOOLS_MAX, heads.size()));
    List<Line> lines = new ArrayList<>();
    int further = 0;
    for (Meant each : meant) {
      if (shown.stream().noneMatch(head -> lists(each, head))) {
        continue;
      }
      if (lines.size() == AGENTS_MAX) {
        further++;
      } else {
        lines.add(line(wish, each.agent(), each.version(), shown));
      }
    }
    return new Matrix(
        "Before the arguments are known: what the rules in force come to in " + wish.environment(),
        wish.environment(),
        shown,
        lines,
        left(further, heads.size() - shown.size()));
  }

  /// The tools that one of the agents lists.
  private static List<Head> heads(Wish wish, List<Meant> meant, String text) {
    List<Head> heads = new ArrayList<>();
    for (ToolServer server : wish.servers()) {
      for (ToolServer.Tool tool : server.tools()) {
        String name = server.name() + "/" + tool.name();
        Head head =
            new Head(
                server.name(),
                tool.name(),
                tool.effect().isEmpty() ? "effect unknown" : tool.effect(),
                wish.hidden().getOrDefault(name, ""));
        if (name.toLowerCase(Locale.ROOT).contains(text)
            && meant.stream().anyMatch(each -> lists(each, head))) {
          heads.add(head);
        }
      }
    }
    return heads;
  }

  private static boolean lists(Meant each, Head head) {
    return MatrixCells.lists(each.version(), head.server(), head.tool());
  }

  private static String left(int agents, int tools) {
    List<String> left = new ArrayList<>();
    left.add("Agents and tools that do not meet in a version in force here are left out.");
    if (agents > 0) {
      left.add(Figures.of(agents, "agent is", "agents are") + " not shown: filter by name.");
    }
    if (tools > 0) {
      left.add(Figures.of(tools, "tool is", "tools are") + " not shown: choose a server.");
    }
    return String.join(" ", left);
  }

  private static Line line(Wish wish, Agent agent, AgentVersion version, List<Head> heads) {
    Caller caller =
        new Caller(
            agent.name(),
            version.shortName(),
            wish.environment(),
            agent.metadata().labels(),
            agent.risk().name().toLowerCase(Locale.ROOT),
            Set.copyOf(agent.workflows()),
            List.of());
    MatrixCells policy = new MatrixCells(wish.state().policies());
    List<Cell> cells = new ArrayList<>();
    for (Head head : heads) {
      cells.add(policy.cell(caller, version, head.server(), head.tool()));
    }
    return new Line(agent.name(), "/agents/" + Percent.encoded(agent.name()), cells);
  }

  private static boolean sees(Reader reader, Agent agent, String environment) {
    return reader
        .rights()
        .may(Permission.READ, Target.agent(agent.name(), Scopes.team(agent), environment));
  }
}
