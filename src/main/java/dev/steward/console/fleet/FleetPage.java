// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.filter.Filter;
import dev.steward.console.filter.SortHead;
import dev.steward.console.frame.Frame;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The fleet: registered agents by team, and who else sends spans.
///
/// @param lede the page in two sentences
/// @param strangers senders that nobody registered
/// @param empty whether this server has neither agents nor spans
/// @param setup lines to copy for a first agent
/// @param nothing why no agent is shown
/// @param cleared the page without filters
/// @param kept parameters that the filters send along
public record FleetPage(
    Frame frame,
    String lede,
    Heads heads,
    List<Team> teams,
    List<AgentRow> strangers,
    String strangersWords,
    List<Filter> filters,
    String text,
    String result,
    boolean empty,
    String setup,
    String nothing,
    String cleared,
    Map<String, String> kept) {

  /// Every row of the page, whatever it stands under.
  List<AgentRow> rows() {
    return rows(teams, strangers);
  }

  static List<AgentRow> rows(List<Team> teams, List<AgentRow> strangers) {
    return Stream.concat(teams.stream().flatMap(team -> team.rows().stream()), strangers.stream())
        .toList();
  }

  /// The heads of the columns that the table can be sorted by.
  public record Heads(
      SortHead agent,
      SortHead runs,
      SortHead success,
      SortHead errors,
      SortHead p95,
      SortHead cost,
      SortHead seen) {}

  /// Agents with the same label `team`, or all of them where one column orders them.
  ///
  /// @param key for ids
  public record Team(String name, String key, String count, List<AgentRow> rows) {}
}
