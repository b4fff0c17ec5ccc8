// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Tool calls that the caller's version lists, sent on as they are.
final class ListedTools implements ToolCalls {
  @Override
  public ToolEnding call(ToolAsked asked, ToolSend send) {
    if (!lists(asked.caller(), asked.server(), asked.tool())) {
      return new ToolEnding.NoSuchTool(asked.tool());
    }
    Cuttable cuttable = new Cuttable(Thread.currentThread());
    try {
      return new ToolEnding.Answered(
          send.send(new ToolSend.Sending(asked.arguments(), "", cuttable)));
    } catch (ToolServerException e) {
      return switch (e.reason()) {
        case Reason.Refused refused -> new ToolEnding.Failed(refused.error());
        case Reason.NotSent not ->
            new ToolEnding.Unreached(Refusal.Kind.UPSTREAM_FAILED, not.message(), false);
        case Reason.Unknown unknown ->
            new ToolEnding.Unreached(Refusal.Kind.UPSTREAM_FAILED, unknown.message(), true);
      };
    } finally {
      cuttable.done();
    }
  }

  @Override
  public List<ObjectNode> visible(Caller caller, String server, List<ObjectNode> offered) {
    List<ObjectNode> visible = new ArrayList<>();
    for (ObjectNode tool : offered) {
      if (lists(caller, server, tool.path("name").asString(""))) {
        visible.add(tool);
      }
    }
    return visible;
  }

  private static boolean lists(Caller caller, String server, String tool) {
    for (ToolUse use : caller.version().tools()) {
      if (use.server().equals(server) && use.tools().contains(tool)) {
        return true;
      }
    }
    return false;
  }
}
