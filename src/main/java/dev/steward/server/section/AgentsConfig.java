// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import dev.steward.server.setting.Setting;

/// Calls of agents, over plain HTTP and over A2A.
public record AgentsConfig(
    @Setting(byDefault = "64MiB", about = "Largest request of a call of an agent, as it comes.")
        DataSize requestLimit,
    @Setting(
            byDefault = "5",
            about =
                "How often work may be handed on from agent to agent before a call of the next one"
                    + " is refused.")
        int depth,
    @Setting(
            byDefault = "",
            about =
                "Address of this server as clients of agents reach it, such as"
                    + " https://steward.example, which stands in agent cards; without it the one"
                    + " that a request came to.")
        String url) {

  public AgentsConfig {
    Checks.atLeast("agents.request-limit", requestLimit, new DataSize(1 << 10));
    Checks.atLeast("agents.depth", depth, 1);
  }
}
