// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which agent may call which tool, in one environment.
///
/// @param caption what it shows, in words
/// @param left what is left out, "" for nothing
public record Matrix(
    String caption, String environment, List<Head> tools, List<Line> agents, String left) {
  public Matrix {
    tools = List.copyOf(tools);
    agents = List.copyOf(agents);
  }

  /// One tool.
  ///
  /// @param effect as accepted, in words
  /// @param hidden why no agent sees it now, "" where agents may
  public record Head(String server, String tool, String effect, String hidden) {}

  /// One agent.
  public record Line(String agent, String href, List<Cell> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /// What policy says of the agent's calls of the tool.
  ///
  /// @param tool its whole name
  /// @param mark null where the agent's version does not list the tool
  /// @param why where no rule says it, else ""
  /// @param rules that say it
  public record Cell(String tool, @Nullable Mark mark, String why, List<Link> rules) {
    public Cell {
      rules = List.copyOf(rules);
    }
  }
}
