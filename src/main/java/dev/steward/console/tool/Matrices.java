// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.format.Figures;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.PageUrl;
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
import dev.steward.domain.call.Caller;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  Matrix of(Wish wish) {
    List<Agent> agents = framer.seen(wish.reader(), wish.state().agents());
    String text = wish.text().toLowerCase(Locale.ROOT);
    boolean agentsMeant = agents.stream().anyMatch(agent -> agent.name().contains(text));
    List<Head> heads = new ArrayList<>();
    int tools = 0;
    for (ToolServer server : wish.servers()) {
      for (ToolServer.Tool tool : server.tools()) {
        String name = server.name() + "/" + tool.name();
        boolean meant = agentsMeant || name.toLowerCase(Locale.ROOT).contains(text);
        if (meant && tools++ < TOOLS_MAX) {
          heads.add(
              new Head(
                  server.name(),
                  tool.name(),
                  tool.effect().isEmpty() ? "effect unknown" : tool.effect(),
                  wish.hidden().getOrDefault(name, "")));
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    int without = 0;
    int further = 0;
    for (Agent agent : agents) {
      if (agentsMeant && !agent.name().contains(text)) {
        continue;
      }
      Optional<AgentVersion> version =
          sees(wish.reader(), agent, wish.environment())
              ? wish.state().versionInForce(agent.name(), wish.environment())
              : Optional.empty();
      if (version.isEmpty() || !listsAny(version.get(), heads)) {
        without++;
      } else if (lines.size() == AGENTS_MAX) {
        further++;
      } else {
        lines.add(line(wish, agent, version.get(), heads));
      }
    }
    return new Matrix(
        "Before the arguments are known: what the rules in force come to in " + wish.environment(),
        wish.environment(),
        heads,
        lines,
        left(without, further, Math.max(0, tools - TOOLS_MAX)));
  }

  private static String left(int without, int further, int tools) {
    List<String> left = new ArrayList<>();
    if (without > 0) {
      left.add(Figures.of(without, "agent lists", "agents list") + " none of these tools here.");
    }
    if (further > 0) {
      left.add(Figures.of(further, "agent is", "agents are") + " not shown: filter by name.");
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
    return new Line(agent.name(), "/agents/" + PageUrl.segment(agent.name()), cells);
  }

  private static boolean listsAny(AgentVersion version, List<Head> heads) {
    return heads.stream().anyMatch(head -> MatrixCells.lists(version, head.server(), head.tool()));
  }

  private static boolean sees(Reader reader, Agent agent, String environment) {
    return reader
        .rights()
        .may(Permission.READ, Target.agent(agent.name(), Scopes.team(agent), environment));
  }
}
