// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

/// Manifests that several tests start from.
public final class Yaml {
  public static final String DANA =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Smith, grants: [{role: developer, teams: [support]}]}
      """;

  public static final String ORDERS =
      """
      apiVersion: steward/v1
      kind: DataSource
      metadata: {name: orders, labels: {data: customer}}
      spec: {owner: dana@example.com, type: postgres, version: 3}
      """;

  public static final String PAYMENTS =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: payments}
      spec:
        owner: dana@example.com
        url: https://payments.example.com/mcp
        tools:
          - {name: get_order, effect: read, sources: [orders]}
          - name: refund
            effect: write
            inputSchema:
              type: object
              properties: {amount: {type: number}}
      """;

  /// The example of the design, with all seven artefacts.
  public static final String REFUNDS =
      """
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: refunds, labels: {team: support, data: customer}}
      spec:
        owner: dana@example.com
        purpose: Answers refund requests and issues refunds up to a limit.
        objective: Nine of ten requests are answered without a person.
        workflows: [refund]
        autonomy: act-with-approval
        oversight: governed
        risk: high
        outcomes: [{tool: payments/refund, label: refunded}]
        version:
          code: {image: "registry.example.com/refunds@sha256:0a1b"}
          models:
            - {use: main, model: gpt-5, provider: openai, temperature: 0}
            - {use: fallback, model: claude-sonnet-4-5, provider: anthropic}
          prompts: {system: {text: "You answer refund requests.\\nBe brief."}}
          data: [{name: refund-guidelines, version: 2026-11-01}]
          tools: [{server: payments, tools: [get_order, refund]}]
          memory: {store: none}
          orchestration: {delegates: [fraud-check], maxSteps: 40}
      """;

  public static final String ALL = documents(DANA, ORDERS, PAYMENTS, REFUNDS);

  private Yaml() {}

  public static String documents(String... documents) {
    return String.join("---\n", documents);
  }

  /// An agent of Dana's with nothing but what must be there.
  public static String agent(String name, String... more) {
    StringBuilder text =
        new StringBuilder("apiVersion: steward/v1\nkind: Agent\nmetadata: {name: ")
            .append(name)
            .append("}\nspec:\n  owner: dana@example.com\n  purpose: Works.\n  risk: limited\n");
    for (String line : more) {
      text.append("  ").append(line).append('\n');
    }
    return text.toString();
  }
}
