// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How what a server offers of one tool stands to what was accepted.
///
/// @param trouble why the offered definition cannot be used, "" when it can
public record ToolStanding(
    String name,
    Standing standing,
    Optional<Tool> accepted,
    Optional<LiveTool> live,
    String trouble) {

  /// What came of comparing.
  public enum Standing {
    /// As it was accepted.
    ACCEPTED,
    /// It says something else than what was accepted, so it is hidden.
    CHANGED,
    /// Nobody accepted it yet, so it is hidden.
    NEW,
    /// It was accepted and is not offered now.
    GONE,
    /// Its definition cannot be read, so it is hidden.
    UNREADABLE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Every tool that is accepted or offered, by name.
  ///
  /// @param unreadable why, by the name of each tool whose definition cannot be read
  public static List<ToolStanding> compare(
      ToolServer server, Collection<LiveTool> live, Map<String, String> unreadable) {
    Map<String, ToolStanding> all = new TreeMap<>();
    for (Tool tool : server.tools()) {
      all.put(
          tool.name(),
          new ToolStanding(tool.name(), Standing.GONE, Optional.of(tool), Optional.empty(), ""));
    }
    for (LiveTool offered : live) {
      Optional<Tool> accepted = server.tool(offered.name());
      Standing standing =
          accepted
              .map(tool ->
                  LiveTool.of(tool).digest().equals(offered.digest())
                      ? Standing.ACCEPTED
                      : Standing.CHANGED)
              .orElse(Standing.NEW);
      all.put(
          offered.name(),
          new ToolStanding(offered.name(), standing, accepted, Optional.of(offered), ""));
    }
    unreadable.forEach((name, why) ->
        all.put(
            name,
            new ToolStanding(name, Standing.UNREADABLE, server.tool(name), Optional.empty(), why)));
    return new ArrayList<>(all.values());
  }
}
