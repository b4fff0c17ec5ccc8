// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.state.State;
import dev.steward.domain.call.Call;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Which tools there are for a caller: those that its version lists, that were accepted as their
/// server offers them now, and that policy can ever let it call.
final class Sight {
  private final Pins pins = new Pins();
  private final Offers offers;

  Sight(Offers offers) {
    this.offers = offers;
  }

  /// What a caller finds under a name.
  sealed interface Found {
    record Seen(Pinned pinned) implements Found {}

    /// @param why for the operator; the caller is told that there is no such tool
    record Hidden(String why) implements Found {}
  }

  /// What a call asks for, be it a tool or not.
  ///
  /// @throws RefusedException UPSTREAM_FAILED when nobody knows what the server offers
  Found found(State state, ToolAsked asked) {
    return asked.ofTool()
        ? find(state, asked.caller(), asked.server(), asked.tool())
        : feature(state, asked.caller(), asked.server(), asked.tool());
  }

  /// @throws RefusedException UPSTREAM_FAILED when nobody knows what the server offers
  Found find(State state, Caller caller, String server, String tool) {
    Found found = accepted(state, caller, server, tool);
    if (!(found instanceof Found.Seen(Pinned pinned))) {
      return found;
    }
    try {
      return offers.offers(pinned.server(), tool, pinned.digest())
          ? found
          : new Found.Hidden(
              "the server offers it no longer as it was accepted: see 'steward tools "
                  + server
                  + "'");
    } catch (ToolServerException e) {
      throw new RefusedException(
          Refusal.of(Refusal.Kind.UPSTREAM_FAILED, String.valueOf(e.getMessage())), e);
    }
  }

  /// Those of the definitions that the caller may know of.
  List<ObjectNode> of(State state, Caller caller, String server, List<ObjectNode> offered) {
    Optional<ToolServer> declared = state.find(ToolServer.class, server);
    if (declared.isEmpty()) {
      return List.of();
    }
    offers.saw(declared.get(), offered);
    List<ObjectNode> visible = new ArrayList<>();
    for (ObjectNode definition : offered) {
      String tool = definition.path("name").asString("");
      if (accepted(state, caller, server, tool) instanceof Found.Seen(Pinned pinned)
          && Offers.digest(definition).filter(pinned.digest()::equals).isPresent()) {
        visible.add(definition);
      }
    }
    return visible;
  }

  /// What a caller finds of what a server has beside tools: it goes with the tools, unless a rule
  /// says otherwise.
  ///
  /// @param name that rules know
  Found feature(State state, Caller caller, String server, String name) {
    Optional<ToolServer> declared = state.find(ToolServer.class, server);
    if (declared.isEmpty() || declared.get().tool(name).isPresent()) {
      return new Found.Hidden("the server has no such thing");
    }
    dev.steward.domain.call.Caller known = caller.known("", List.of());
    if (!state.policies().mayEver(known, server, name)) {
      return new Found.Hidden("no policy can ever allow it to this agent");
    }
    boolean free = state.policies().free(new Call.ToolCall(known, server, name, Map.of()));
    return free && !usesTool(state, caller, declared.get())
        ? new Found.Hidden("the agent may use no tool of the server, and no rule allows it")
        : new Found.Seen(Pinned.feature(declared.get(), name));
  }

  /// What decides on the lists that a caller gets.
  ListView view(State state, Caller caller, List<String> servers) {
    StringBuilder tools = new StringBuilder();
    StringBuilder features = new StringBuilder();
    for (String name : servers) {
      Optional<ToolServer> server = state.find(ToolServer.class, name);
      if (server.isPresent()) {
        for (ToolServer.Tool tool : server.get().tools()) {
          if (accepted(state, caller, name, tool.name()) instanceof Found.Seen(Pinned pinned)) {
            tools.append(name).append('/').append(tool.name()).append(' ');
            tools.append(pinned.digest().hex()).append('\n');
          }
        }
        features.append(name).append(usesTool(state, caller, server.get()) ? " open\n" : "\n");
      }
    }
    features.append(state.policies().standing(caller.known("", List.of())));
    return new ListView(tools.toString(), features.toString());
  }

  private boolean usesTool(State state, Caller caller, ToolServer server) {
    for (ToolServer.Tool tool : server.tools()) {
      if (accepted(state, caller, server.name(), tool.name()) instanceof Found.Seen) {
        return true;
      }
    }
    return false;
  }

  private Found accepted(State state, Caller caller, String server, String tool) {
    if (!lists(caller, server, tool)) {
      return new Found.Hidden(
          "version " + caller.version().shortName() + " of the agent does not list it");
    }
    Optional<Pinned> pinned = pins.find(state, server, tool);
    if (pinned.isEmpty()) {
      return new Found.Hidden("no ToolServer has it among its accepted tools");
    }
    return state.policies().mayEver(caller.known("", List.of()), server, tool)
        ? new Found.Seen(pinned.get())
        : new Found.Hidden("no policy can ever allow it to this agent");
  }

  private static boolean lists(Caller caller, String server, String tool) {
    for (ToolUse use : caller.version().tools()) {
      if (use.server().equals(server)
          && (use.tools().isEmpty() || use.tools().contains("*") || use.tools().contains(tool))) {
        return true;
      }
    }
    return false;
  }
}
