// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.AgentDirectory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Model calls of a run that should have passed our gateway and did not, as far as is known.
///
/// @param since when the first of them was heard of, null without one
record Ungoverned(int calls, @Nullable Instant since) {

  /// @param unseen positions of calls that the gateway did not see
  /// @param agent whose run it is
  static Ungoverned of(Kinship kin, List<Integer> unseen, String agent, AgentDirectory directory) {
    int calls = 0;
    Instant since = null;
    for (int at : unseen) {
      SpanFacts facts = kin.get(at);
      String sender = facts.origin().sender();
      String caller = sender == null ? agent : sender;
      if (directory.find(caller).map(AgentDirectory.Listing::governed).orElse(false)) {
        calls++;
        since = since == null || facts.received().isBefore(since) ? facts.received() : since;
      }
    }
    return new Ungoverned(calls, since);
  }
}
