// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

/// The agent `helper` on its way to staging.
final class StagedAgent {
  private StagedAgent() {}

  /// Its version comes into force in staging, and another one is tried there on half of the
  /// conversations.
  ///
  /// @param next manifest of the other one
  /// @return a key for staging
  static String tried(McpServer mcp, String next) {
    release(mcp, "");
    mcp.server.apply(next);
    release(mcp, "\"strategy\":\"canary\",\"terms\":{\"weight\":\"50%\"},");
    return key(mcp);
  }

  /// @param how members of the request that say how, "" for at once
  /// @return id of the release
  static String release(McpServer mcp, String how) {
    return mcp.server
        .ask(
            "/api/v1/releases",
            "{\"agent\":\"helper\",\"to\":\"staging\"," + how + "\"reason\":\"it is time\"}")
        .path("id")
        .asString();
  }

  static String key(McpServer mcp) {
    return mcp.server
        .ask("/api/v1/keys", "{\"agent\":\"helper\",\"environment\":\"staging\"}")
        .get("key")
        .asString();
  }
}
