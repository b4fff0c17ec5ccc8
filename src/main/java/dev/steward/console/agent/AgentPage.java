// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.chart.Chart;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.profile.AccessRow;
import dev.steward.console.profile.ArtefactRow;
import dev.steward.console.profile.ReachRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page of one agent.
///
/// @param purpose what it is for, as declared; for a stranger that it is one
/// @param done what a form has just done, "" for nothing
/// @param register address of the page that registers it, "" where it is or the reader may not
/// @param manifest that would register it, "" where it is
/// @param runsWords of the range, with their link
/// @param successWords how large the sample is
/// @param artefactsOf which version the artefacts are of and what they are compared with
/// @param compare address of the form that compares two versions
/// @param accessHidden why it is not told who may do what, "" where it is
/// @param revokeAll null where there is nothing to revoke or the reader may not
public record AgentPage(
    Frame frame,
    String name,
    String purpose,
    String objective,
    String done,
    boolean registered,
    String register,
    String manifest,
    List<Answer> answers,
    List<Fact> identity,
    Map<String, String> labels,
    Chart success,
    Chart runs,
    Chart cost,
    String runsHref,
    String runsWords,
    String successWords,
    String costWords,
    String artefactsOf,
    String diffHref,
    List<ArtefactRow> artefacts,
    List<VersionRow> versions,
    String compare,
    List<ReachRow.Group> reach,
    List<AccessRow> access,
    String accessHidden,
    List<KeyRow> keys,
    @Nullable Deed revokeAll) {

  /// How many things are used without being declared.
  public long undeclared() {
    return registered
        ? reach.stream()
            .flatMap(group -> group.rows().stream())
            .filter(row -> row.mark().tone() == dev.steward.console.part.Mark.Tone.WARNING)
            .count()
        : 0;
  }
}
