// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

/// Manifests for tests.
public final class Yaml {
  public static final String DANA =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec:
        displayName: Dana
        email: dana@example.com
      """;

  private Yaml() {}

  public static String agent(String name, String team) {
    return """
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: %s, labels: {team: %s, data: customer}}
    spec:
      owner: dana@example.com
      purpose: Answers refund requests.
      risk: high
      version:
        models: [{use: main, model: gpt-4o, provider: openai}]
        tools: [{server: payments, tools: [refund]}]
    """
        .formatted(name, team);
  }

  /// Dana and her two agents of two teams.
  public static String fleet() {
    return String.join("---\n", DANA, agent("refunds", "support"), agent("research", "lab"));
  }
}
