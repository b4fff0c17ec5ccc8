// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.approval;

import dev.steward.domain.Digest;

/// The one call that an approval is for. Another in any part is another call, and needs its own; so
/// is one by another version of the agent or with another key than asked, which the question names.
///
/// @param run "" when not known
/// @param arguments digest of their canonical JSON
/// @param rules digest of the rules that asked, as they were written then
public record BoundCall(
    String agent,
    String environment,
    String run,
    String server,
    String tool,
    Digest arguments,
    Digest rules) {
  /// What stands for the server where the call is one of another agent, which stands for the tool.
  public static final String AGENT = "agent";

  /// `server/tool`
  public String target() {
    return server + "/" + tool;
  }

  /// What all of it comes to.
  ///
  /// @param asked by whom it was made
  public Digest digest(Question asked) {
    StringBuilder all = new StringBuilder("approval\n");
    for (String part :
        new String[] {agent, environment, run, server, tool, asked.version(), asked.key()}) {
      all.append(part.length()).append(':').append(part).append('\n');
    }
    return Digest.of(all.append(arguments).append('\n').append(rules).toString());
  }
}
