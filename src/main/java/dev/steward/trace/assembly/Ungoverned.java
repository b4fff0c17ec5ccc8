// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.AgentDirectory;
import dev.steward.trace.fact.SpanFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Calls of a run that should have passed our gateway and did not, as far as is known.
///
/// @param models how many model calls
/// @param tools how many calls of tools that lie behind the gateway
/// @param since when the first of them was heard of, null without one
record Ungoverned(int models, int tools, @Nullable Instant since) {

  /// @param tally with the calls that the gateway did not see
  /// @param agent whose run it is
  static Ungoverned of(
      Kinship kin, RunTally tally, String agent, String environment, AgentDirectory directory) {
    int models = 0;
    int tools = 0;
    Instant since = null;
    for (int at : tally.unseen()) {
      SpanFacts facts = kin.get(at);
      String sender = facts.origin().sender();
      String caller = sender == null ? agent : sender;
      if (!directory.find(caller).map(AgentDirectory.Listing::governed).orElse(false)) {
        continue;
      }
      if (facts.tool() == null) {
        models++;
      } else if (directory.behindGateway(caller, environment, facts.tool())) {
        tools++;
      } else {
        continue;
      }
      since = since == null || facts.received().isBefore(since) ? facts.received() : since;
    }
    return new Ungoverned(models, tools, since);
  }
}
