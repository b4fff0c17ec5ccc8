// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server whose agent `refunds` has local tools and tools of a ToolServer, under policies.
final class ProposalServer implements AutoCloseable {
  static final String POLICY =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: refunds}
      spec:
        agents: [refunds]
        rules:
          - {name: look, tool: payments/get_order, effect: allow}
          - {name: small, tool: payments/refund, effect: allow, when: "args.amount <= 50.0"}
          - {name: large, tool: payments/refund, effect: require_approval, fourEyes: false, when: "args.amount > 50.0"}
          - {name: note, tool: local/note, effect: allow}
          - {name: mail, tool: local/mail, effect: require_approval, fourEyes: false}
      """;

  private static final String DECLARED =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: payments}
      spec:
        owner: dana@example.com
        url: "https://payments.example.com/mcp"
        tools:
          - {name: get_order, effect: read}
          - name: refund
            effect: money
            inputSchema: {type: object, properties: {amount: {type: number}}, required: [amount]}
      ---
      """;

  final GatewayServer gateway;

  ProposalServer(Path folder) {
    gateway = new GatewayServer(folder);
    gateway
        .server()
        .apply(
            DECLARED
                + gateway
                    .manifest()
                    .replace(
                        "  version:\n",
                        """
                          version:
                            tools:
                              - {server: payments, tools: [get_order, refund]}
                              - {server: local, tools: [note, mail]}
                        """));
  }

  void policy(String yaml) {
    gateway.server().apply(yaml);
  }

  /// What the provider answers from now on.
  void answers(String type, String... pieces) {
    List<byte[]> bytes =
        Arrays.stream(pieces).map(p -> p.getBytes(StandardCharsets.UTF_8)).toList();
    gateway.provider().always((request, out) -> ScriptedProvider.chunked(out, 200, type, bytes));
  }

  String ask(String path, String body, String... headers) {
    HttpResponse<InputStream> response = gateway.post(path, body, headers);
    return new String(GatewayServer.bytes(response), StandardCharsets.UTF_8);
  }

  /// What was decided on the calls of the newest model call.
  JsonNode proposals(int calls) {
    JsonNode run = gateway.newestRun(calls);
    JsonNode spans = run.get("spans");
    String span = "";
    for (JsonNode one : spans) {
      span = one.get("kind").asString().equals("MODEL") ? one.get("spanId").asString() : span;
    }
    return gateway
        .server()
        .json("/api/v1/runs/" + run.get("id").asString() + "/spans/" + span)
        .at("/gateway/proposals");
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
