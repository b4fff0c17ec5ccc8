// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.control.ControlFixture;

/// Policies of all kinds: for one agent, for a team, for everyone, in shadow mode.
public final class StagedPolicies {
  private static final String DECLARED =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana}
      spec: {displayName: Dana Okafor}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: payments}
      spec:
        owner: dana
        url: https://payments.example/mcp
        tools:
          - {name: get_order, effect: read}
          - {name: refund, effect: money}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: nothing-is-deleted}
      spec:
        rules:
          - {name: deleting, effects: [delete, irreversible], effect: deny}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: refunds-need-a-human}
      spec:
        agents: [refunds, research]
        environments: [production, staging]
        rules:
          - {tool: payments/get_order, effect: allow}
          - {name: small, tool: payments/refund, effect: allow, when: "call.tool == 'refund'", limit: {calls: 10, per: 1h}}
          - {name: large, tool: payments/refund, effect: require_approval, approvers: [finance-lead], count: 2, expires: 30m}
          - {name: history, tool: payments/*, effect: allow, redact: [customer.iban], reason: true}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: travel-models}
      spec:
        mode: shadow
        agents: {labels: {team: travel}}
        rules:
          - {models: [gpt-5, gpt-5-mini], effect: allow}
          - {delegates: ["*"], effect: deny}
      """;

  private StagedPolicies() {}

  public static void in(ControlFixture control) {
    control.apply(DECLARED);
  }
}
