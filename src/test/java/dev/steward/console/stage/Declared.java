// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

/// Manifests of what the stage's agents are declared as: two versions of one of them.
public final class Declared {
  public static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator, teams: [support]}]}
      ---
      apiVersion: steward/v1
      kind: DataSource
      metadata: {name: orders, labels: {data: customer}}
      spec: {owner: dana, type: database, version: "14"}
      """;

  private Declared() {}

  /// The tool server of the agent `refunds`.
  ///
  /// @param most that one refund may be
  public static String payments(int most) {
    return """
    apiVersion: steward/v1
    kind: ToolServer
    metadata: {name: payments}
    spec:
      owner: dana
      url: http://127.0.0.1:9101/mcp
      tools:
        - {name: get_order, description: Reads one order., effect: read, sources: [orders]}
        - name: refund
          description: Gives money back.
          effect: money
          inputSchema: {type: object, properties: {amount: {type: number, maximum: %d}}}
    """
        .formatted(most);
  }

  /// The agent `refunds`.
  ///
  /// @param prompt its text
  /// @param tools of payments, as in a list
  public static String refunds(String prompt, String tools) {
    return """
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: refunds, labels: {team: support, tier: gold}}
    spec:
      owner: dana
      purpose: Gives refunds.
      risk: high
      autonomy: act
      outcomes: [{tool: payments/refund, label: refunded}]
      version:
        models: [{use: main, model: gpt-5, temperature: 0}]
        prompts: {system: {text: "%s"}}
        tools: [{server: payments, tools: [%s]}]
    """
        .formatted(prompt, tools);
  }
}
