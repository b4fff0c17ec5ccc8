// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Recorded calls played through the gateway: one agent for each kind of provider, whose version
/// lists the models that were asked.
final class RecordedAnswers implements AutoCloseable {
  private static final List<String> HOSTED =
      List.of("tool_search", "web_fetch_20250910", "codeExecution");

  private final GatewayServer gateway;
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Map<String, Map<Pieces, Played>> played = new LinkedHashMap<>();
  private int calls;

  /// What became of one recording.
  ///
  /// @param asked the body that the provider got
  record Played(int status, Map<String, List<String>> headers, byte[] body, byte[] asked) {
    String header(String name) {
      List<String> values = headers.getOrDefault(name, List.of());
      return values.size() == 1 ? values.getFirst() : values.toString();
    }
  }

  RecordedAnswers(Path folder, List<Recording> recordings) {
    gateway = new GatewayServer(folder);
    Map<String, Set<String>> models = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      models
          .computeIfAbsent(recording.provider(), kind -> new LinkedHashSet<>())
          .add(recording.model());
    }
    StringBuilder manifests = new StringBuilder();
    models.forEach((kind, asked) -> manifests.append(manifest(kind, asked)));
    gateway.server().apply(manifests.toString());
    for (String kind : models.keySet()) {
      String ask = "{\"agent\":\"%s\",\"environment\":\"development\"}".formatted(name(kind));
      keys.put(kind, gateway.server().ask("/api/v1/keys", ask).get("key").asString());
    }
    long spans = 0;
    for (Recording recording : recordings) {
      for (Pieces pieces : Pieces.values()) {
        played
            .computeIfAbsent(recording.id(), id -> new EnumMap<>(Pieces.class))
            .put(pieces, play(recording, pieces));
        spans += recording.path().endsWith("count-tokens") ? 0 : 1;
      }
    }
    gateway.server().awaitLoaded(spans);
  }

  Played played(Recording recording, Pieces pieces) {
    return Objects.requireNonNull(Objects.requireNonNull(played.get(recording.id())).get(pieces));
  }

  GatewayServer gateway() {
    return gateway;
  }

  private Played play(Recording recording, Pieces pieces) {
    String[] headers = recording.headers().toArray(String[]::new);
    gateway
        .provider()
        .always((request, out) -> {
          if (pieces == Pieces.WHOLE && !recording.streams()) {
            ScriptedProvider.whole(
                out, recording.status(), recording.contentType(), recording.response(), headers);
          } else {
            ScriptedProvider.chunked(
                out,
                recording.status(),
                recording.contentType(),
                pieces.of(recording.response()),
                headers);
          }
        });
    HttpResponse<InputStream> response =
        gateway.postAs(
            Objects.requireNonNull(keys.get(recording.provider())),
            recording.path(),
            new String(recording.request(), StandardCharsets.UTF_8),
            "traceparent",
            "00-%032x-%016x-01".formatted(++calls, calls));
    byte[] body = GatewayServer.bytes(response);
    List<ScriptedProvider.Received> received = gateway.provider().received();
    byte[] asked = received.isEmpty() ? new byte[0] : received.getLast().body();
    received.clear();
    return new Played(response.statusCode(), response.headers().map(), body, asked);
  }

  private String manifest(String kind, Set<String> models) {
    String dialect =
        kind.replaceAll("_.*", "").replace("azure", "openai").replace("vertex", "gemini");
    List<String> uses = new ArrayList<>();
    for (String model : models) {
      uses.add(
          "{use: use%d, model: \"%s\", provider: %s}".formatted(uses.size(), model, name(kind)));
    }
    return """
    ---
    apiVersion: steward/v1
    kind: ModelProvider
    metadata: {name: %1$s}
    spec: {dialect: %2$s, url: "%3$s", attempts: 1}
    ---
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: %1$s}
    spec:
      owner: dana@example.com
      purpose: Plays recorded calls.
      risk: limited
      version:
        models: [%4$s]
        tools: [{server: %1$s, tools: [%5$s]}]
    """
        .formatted(
            name(kind),
            dialect,
            gateway.provider().url() + (dialect.equals("openai") ? "/v1" : ""),
            String.join(", ", uses),
            String.join(", ", HOSTED));
  }

  private static String name(String kind) {
    return "wire-" + kind.replace('_', '-');
  }

  @Override
  public void close() {
    gateway.close();
  }
}
