// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.control.Command;
import dev.steward.control.Rehearsal;
import dev.steward.control.access.NewSecret;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.state.State;
import dev.steward.domain.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The synthetic agent of one drill, with its key and the State in which it exists.
///
/// @param meant the calls of this agent and no other
record DrillAgent(State state, String key, Selector meant) {
  static final String CIRCUIT = "drill-circuit";

  private static final String LABEL = "steward-drill";

  /// @param blank the State before the first entry
  /// @param url of the provider
  static DrillAgent of(State blank, String id, String url, Instant now, RandomGenerator random) {
    Manifest manifest = Manifests.read(List.of(new ManifestFile("drill", manifest(url, id))));
    if (!manifest.problems().isEmpty()) {
      throw new IllegalStateException("the drill's manifest is wrong: " + manifest.problems());
    }
    NewSecret key = NewSecret.agentKey(random);
    State state =
        Rehearsal.of(
            blank,
            List.of(
                new Command.ApplyResources(manifest.declarations()),
                new Command.IssueAgentKey(
                    key.id(), key.hash(), "steward-drill", "development", "")),
            now,
            random);
    return new DrillAgent(state, key.value(), Selector.of(Map.of("label." + LABEL, id)));
  }

  private static String manifest(String url, String id) {
    return """
    apiVersion: steward/v1
    kind: Person
    metadata: {name: drill@steward.invalid}
    spec: {displayName: Drill, email: drill@steward.invalid, grants: [{role: viewer}]}
    ---
    apiVersion: steward/v1
    kind: ModelProvider
    metadata: {name: drill-openai}
    spec: {dialect: openai, url: "%1$s/v1", models: [chat], concurrency: 10000, attempts: 1}
    ---
    apiVersion: steward/v1
    kind: ModelProvider
    metadata: {name: drill-anthropic}
    spec: {dialect: anthropic, url: "%1$s", models: [messages], concurrency: 10000, attempts: 1}
    ---
    apiVersion: steward/v1
    kind: ModelProvider
    metadata: {name: drill-gemini}
    spec: {dialect: gemini, url: "%1$s", models: [gemini], concurrency: 10000, attempts: 1}
    ---
    apiVersion: steward/v1
    kind: ModelProvider
    metadata: {name: drill-bedrock}
    spec: {dialect: bedrock, url: "%1$s", models: [converse], concurrency: 10000, attempts: 1}
    ---
    apiVersion: steward/v1
    kind: ModelProvider
    metadata: {name: drill-circuit}
    spec: {dialect: openai, url: "%1$s/v1", models: [drill-circuit], attempts: 1}
    ---
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: steward-drill, labels: {steward-drill: "%2$s"}}
    spec:
      owner: drill@steward.invalid
      purpose: Opens streams that a drill cuts.
      risk: minimal
      version:
        models:
          - {use: chat, model: chat, provider: drill-openai}
          - {use: messages, model: messages, provider: drill-anthropic}
          - {use: gemini, model: gemini, provider: drill-gemini}
          - {use: converse, model: converse, provider: drill-bedrock}
          - {use: drill-circuit, model: drill-circuit, provider: drill-circuit}
    """
        .formatted(url, id);
  }
}
