// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.tool.ListView;
import dev.steward.gateway.tool.TaskTerms;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Lets every call through.
public final class OpenCalls implements ToolCalls {
  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: crm}
      spec: {owner: dana@example.com, url: "http://127.0.0.1:9/mcp", tools: [{name: ask, effect: read}]}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: desk}
      spec: {owner: dana@example.com, url: "http://127.0.0.1:9/mcp", tools: [{name: ask, effect: read}]}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: helper}
      spec: {owner: dana@example.com, purpose: Helps., risk: minimal, version: {}}
      """;

  final List<ObjectNode> asked = new ArrayList<>();

  public static ToolServer crm() {
    return (ToolServer) declared(0);
  }

  public static ToolServer desk() {
    return (ToolServer) declared(1);
  }

  public static Caller caller() {
    Agent agent = (Agent) declared(2);
    Instant at = Instant.parse("2026-11-21T08:00:00Z");
    AgentKey key =
        new AgentKey("k", Digest.of("k"), "helper", "development", "", at, Actor.SYSTEM, null);
    return new Caller(key, agent, agent.version());
  }

  private static Resource declared(int place) {
    return ControlFixture.read(RESOURCES).declarations().get(place).resource();
  }

  /// A call of `caller` with these arguments.
  static ToolSend.Sending sending(ObjectNode arguments) {
    return new ToolSend.Sending(
        arguments,
        "",
        new Cuttable(Thread.currentThread()),
        new Place("r", "r", null, false, "", "", "", null),
        caller(),
        "");
  }

  @Override
  public ToolEnding call(ToolAsked question, ToolSend send) {
    asked.add(question.arguments());
    try {
      return new ToolEnding.Answered(send.send(sending(question.arguments())));
    } catch (ToolServerException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ToolEnding fetch(ToolAsked question, TaskTerms terms, ToolSend send) {
    throw new IllegalStateException("there are no tasks");
  }

  @Override
  public List<ObjectNode> visible(Caller caller, String of, List<ObjectNode> offered) {
    return offered;
  }

  @Override
  public boolean visible(Caller caller, String of, String feature) {
    return true;
  }

  @Override
  public ListView view(Caller caller, List<String> servers) {
    throw new IllegalStateException("there are no lists");
  }
}
