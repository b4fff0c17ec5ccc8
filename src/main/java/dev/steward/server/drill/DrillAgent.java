// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.control.Rehearsal;
import dev.steward.control.access.NewSecret;
import dev.steward.control.command.Command;
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
  private static final String MANY = ", concurrency: 10000";
  private static final List<Offer> OFFERS =
      List.of(
          new Offer("drill-openai", "openai", "/v1", "chat", MANY),
          new Offer("drill-anthropic", "anthropic", "", "messages", MANY),
          new Offer("drill-gemini", "gemini", "", "gemini", MANY),
          new Offer("drill-bedrock", "bedrock", "", "converse", MANY),
          new Offer(CIRCUIT, "openai", "/v1", CIRCUIT, ""));

  /// A provider of the drill and its one model.
  ///
  /// @param limits more fields of its spec
  private record Offer(String provider, String dialect, String path, String model, String limits) {}

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
    StringBuilder providers = new StringBuilder();
    StringBuilder models = new StringBuilder();
    for (Offer offer : OFFERS) {
      providers.append(
          """
          ---
          apiVersion: steward/v1
          kind: ModelProvider
          metadata: {name: %s}
          spec: {dialect: %s, url: "%s%s", models: [%s], attempts: 1%s}
          """
              .formatted(
                  offer.provider(),
                  offer.dialect(),
                  url,
                  offer.path(),
                  offer.model(),
                  offer.limits()));
      models.append(
          "      - {use: %1$s, model: %1$s, provider: %2$s}\n"
              .formatted(offer.model(), offer.provider()));
    }
    return """
    apiVersion: steward/v1
    kind: Person
    metadata: {name: drill@steward.invalid}
    spec: {displayName: Drill, email: drill@steward.invalid, grants: [{role: viewer}]}
    %s---
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: steward-drill, labels: {steward-drill: "%s"}}
    spec:
      owner: drill@steward.invalid
      purpose: Opens streams that a drill cuts.
      risk: minimal
      version:
        models:
    %s\
    """
        .formatted(providers, id, models);
  }
}
