// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.control.state.State;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.session.ToldLists;
import dev.steward.gateway.session.ViewWatch;
import dev.steward.gateway.tool.ListView;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.wire.RefusedException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What clients may see at a moment, and the watch that tells them when that changes.
record ListViews(Supplier<State> state, ToolCalls calls, ViewWatch watch) {
  /// A session begins: what changes from now on its client is told, as soon as it listens.
  void begin(Client client, ToldLists told) {
    told.first(() -> now(client));
  }

  /// @param tell takes the methods of notifications and says whether they went out
  ViewWatch.Watch open(Client client, ToldLists told, Predicate<String> tell) {
    return watch.open(() -> now(client), told, tell);
  }

  private ListView now(Client client) {
    try {
      Caller caller =
          calls.assigned(Callers.holder(state.get(), client.caller().key()), client::header);
      return calls.view(caller, servers(client, caller));
    } catch (RefusedException _) {
      return ListView.NOTHING;
    }
  }

  private static List<String> servers(Client client, Caller caller) {
    return switch (client.destination()) {
      case Destination.One(ToolServer server) -> List.of(server.name());
      case Destination.All _ ->
          caller.version().tools().stream().map(use -> use.server()).distinct().toList();
    };
  }
}
