// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.view.ConsoleViews;
import dev.steward.control.live.OfferedTools.Offer;
import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.ToolStanding;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tool server as it is declared, beside what it offers.
///
/// @param offer null where nobody asks it
/// @param health how it answers, null where nobody calls it
record SeenServer(ToolServer server, @Nullable Offer offer, @Nullable Health health) {
  private static final String KIND = "ToolServer";
  private static final int REVISIONS_MAX = 50;

  /// All that are declared, by name.
  static List<SeenServer> all(ConsoleViews views) {
    Map<String, Offer> offers = new HashMap<>();
    for (Offer offer : views.live().offers().list()) {
      offers.put(offer.server(), offer);
    }
    Map<String, Health> health = new HashMap<>();
    for (Health each : views.live().servers().list()) {
      health.put(each.name(), each);
    }
    List<SeenServer> all = new ArrayList<>();
    for (ToolServer server : views.control().state().all(ToolServer.class)) {
      all.add(new SeenServer(server, offers.get(server.name()), health.get(server.name())));
    }
    return all;
  }

  /// Every tool; of a server that was not seen those that were accepted.
  List<ToolStanding> tools() {
    if (offer != null && offer.seenAt().isPresent()) {
      return offer.tools();
    }
    List<LiveTool> pins = new ArrayList<>();
    for (Tool tool : server.tools()) {
      pins.add(LiveTool.of(tool));
    }
    return ToolStanding.compare(server, pins, Map.of());
  }

  int count(Standing... standings) {
    int count = 0;
    for (ToolStanding tool : tools()) {
      count += List.of(standings).contains(tool.standing()) ? 1 : 0;
    }
    return count;
  }

  /// Why no agent sees a tool now, by its whole name.
  Map<String, String> hidden() {
    Map<String, String> hidden = new HashMap<>();
    for (ToolStanding tool : tools()) {
      String why = ToolWords.hidden(tool.standing());
      if (!why.isEmpty()) {
        hidden.put(server.name() + "/" + tool.name(), why);
      }
    }
    return hidden;
  }

  /// When it was declared last, null when nobody knows.
  @Nullable Instant declaredAt(State state) {
    List<Revision> history = state.history(KIND, server.name());
    return history.isEmpty() ? null : history.getLast().at();
  }

  /// When the definition of each tool came to be what it is; of one that has been so for more
  /// revisions than are looked at, the oldest of those.
  Map<String, Instant> changedAt(State state) {
    Map<String, Digest> now = pins(server);
    Map<String, Instant> changed = new HashMap<>();
    Map<String, Instant> settled = new HashMap<>();
    List<Revision> history = state.history(KIND, server.name());
    int oldest = Math.max(0, history.size() - REVISIONS_MAX);
    for (int i = history.size() - 1; i >= oldest; i--) {
      Revision revision = history.get(i);
      Map<String, Digest> then =
          !revision.deleted() && state.read(KIND, server.name(), revision) instanceof ToolServer was
              ? pins(was)
              : Map.of();
      now.forEach((tool, pin) -> {
        if (!settled.containsKey(tool)) {
          if (pin.equals(then.get(tool))) {
            changed.put(tool, revision.at());
          } else {
            settled.put(tool, revision.at());
          }
        }
      });
    }
    return changed;
  }

  private static Map<String, Digest> pins(ToolServer server) {
    Map<String, Digest> pins = new HashMap<>();
    for (Tool tool : server.tools()) {
      pins.put(tool.name(), LiveTool.of(tool).digest());
    }
    return pins;
  }
}
