// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Rate;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Sparkline;
import org.jspecify.annotations.Nullable;

/// One agent in the fleet.
///
/// @param anchor id of its row
/// @param href its own page
/// @param version in force, "" when nobody declared one
/// @param environments where it has a version in force or was seen, "" for nowhere
/// @param owner as people know them, "" for nobody
/// @param autonomy in a word, "" when nobody declared it
/// @param registerHref where it can be registered, "" where it is or the reader may not
/// @param seen null when it never sent anything
public record AgentRow(
    String anchor,
    String name,
    String href,
    String runsHref,
    String version,
    String environments,
    String owner,
    String risk,
    String autonomy,
    String registerHref,
    Mark mark,
    long runs,
    Sparkline sparkline,
    Rate success,
    long errors,
    String errorsHref,
    String p95,
    CostText cost,
    @Nullable Moment seen) {

  /// The same without when it was last seen, to tell whether anything else has changed.
  AgentRow unseen() {
    return new AgentRow(
        anchor,
        name,
        href,
        runsHref,
        version,
        environments,
        owner,
        risk,
        autonomy,
        registerHref,
        mark,
        runs,
        sparkline,
        success,
        errors,
        errorsHref,
        p95,
        cost,
        null);
  }
}
