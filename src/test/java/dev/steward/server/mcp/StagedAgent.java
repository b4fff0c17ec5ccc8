// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import dev.steward.server.agent.ScriptedAgent;

/// The agent `helper` on its way to staging.
final class StagedAgent {
  /// What its copies may spend.
  static final String SHADOW_BUDGET =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: shadows}
      spec: {scope: {agent: helper, shadow: true}, window: month, limit: {cost: 2, currency: USD}}
      """;

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

  /// One version of it is in force in staging, and another one may be tried there.
  ///
  /// @return a key for staging
  static String ready(McpServer mcp, String live, String next) {
    mcp.server.apply(live);
    release(mcp, "");
    mcp.server.apply(next);
    return key(mcp);
  }

  /// A version with a process of its own.
  ///
  /// @param tools as a version lists them, such as `{server: crm, tools: [echo]}`
  static String at(ScriptedAgent process, String tools) {
    return """
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: helper}
    spec:
      owner: dana@example.com
      purpose: Helps.
      risk: minimal
      version:
        code: {endpoint: {url: "URL"}}
        tools: [TOOLS]
    """
        .replace("URL", process.url())
        .replace("TOOLS", tools);
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

  /// A release whose version gets copies, once it has a key of its own.
  ///
  /// @return its id
  static String shadow(McpServer mcp) {
    String id = release(mcp, "\"strategy\":\"shadow\",");
    String path = "/api/v1/releases/" + id;
    mcp.server.ask(
        "/api/v1/keys",
        "{\"agent\":\"helper\",\"environment\":\"staging\",\"version\":\"%s\"}"
            .formatted(mcp.server.json(path).path("version").asString()));
    mcp.server.await(
        "it gets copies",
        () -> mcp.server.json(path).path("state").asString().equals("rolling-out"));
    return id;
  }

  static String key(McpServer mcp) {
    return mcp.server
        .ask("/api/v1/keys", "{\"agent\":\"helper\",\"environment\":\"staging\"}")
        .get("key")
        .asString();
  }
}
