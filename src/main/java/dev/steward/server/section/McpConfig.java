// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import dev.steward.server.setting.Setting;
import java.time.Duration;
import java.util.List;

/// The MCP gateway.
public record McpConfig(
    @Setting(byDefault = "16MiB", about = "Largest message of an MCP client, after decompression.")
        DataSize requestLimit,
    @Setting(
            byDefault = "10000",
            about =
                "Sessions of clients up to protocol 2025-11-25 that are open at once; past it the"
                    + " one that was not used for the longest ends.")
        int sessions,
    @Setting(byDefault = "1h", about = "How long such a session may lie unused before it ends.")
        Duration sessionIdle,
    @Setting(
            byDefault = "",
            about =
                "Address of this server as MCP clients reach it, such as https://steward.example;"
                    + " without it the one that a request came to.")
        String url,
    @Setting(
            byDefault = "",
            about =
                "Issuers of access tokens that the protected-resource metadata names; without any,"
                    + " agent keys are the only tokens.")
        List<String> authorizationServers,
    @Setting(
            byDefault = "",
            about =
                "Agent that MCP clients act as which show no key, in its development environment."
                    + " For tests on one machine: `http.bind` must be a loopback address.")
        String anonymousAgent) {

  public McpConfig {
    authorizationServers = List.copyOf(authorizationServers);
    Checks.atLeast("mcp.request-limit", requestLimit, new DataSize(1 << 10));
    Checks.atLeast("mcp.sessions", sessions, 1);
    Checks.positive("mcp.session-idle", sessionIdle);
  }
}
