// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Sessions at legacy servers for clients that know none: one for each caller and what its client
/// can be asked.
public final class LegacySessions implements AutoCloseable {
  private static final int SESSIONS_MAX = 2_000;
  private static final Duration IDLE_MAX = Duration.ofMinutes(15);

  private final Map<String, Kept> sessions = new LinkedHashMap<>(64, 0.75f, true);

  /// @param welcome what the server answered to `initialize`
  record Kept(ToolConnection connection, ObjectNode welcome, long[] usedNanos) {}

  /// Opens a connection on which nothing was said yet.
  @FunctionalInterface
  public interface Opening {
    ToolConnection open() throws ToolServerException;
  }

  /// The session of that key; one that its server has forgotten is begun anew.
  Kept session(String key, ObjectNode capabilities, Opening opening, Cuttable call)
      throws ToolServerException {
    String full = key + "\n" + capabilities;
    List<Kept> over = new ArrayList<>();
    synchronized (sessions) {
      sweep(over);
      Kept kept = sessions.get(full);
      if (kept != null && !kept.connection().lost()) {
        kept.usedNanos()[0] = System.nanoTime();
        return kept;
      }
      sessions.remove(full);
    }
    close(over);
    Kept begun = begin(capabilities, opening, call);
    Kept other;
    synchronized (sessions) {
      other = sessions.get(full);
      if (other == null || other.connection().lost()) {
        sessions.put(full, begun);
        return begun;
      }
    }
    begun.connection().close();
    return other;
  }

  private static Kept begin(ObjectNode capabilities, Opening opening, Cuttable call)
      throws ToolServerException {
    ObjectNode params = RpcJson.object();
    params.put("protocolVersion", Era.LEGACY_NEWEST);
    params.set("capabilities", capabilities);
    params.set("clientInfo", RpcJson.object().put("name", "steward").put("version", "1"));
    ToolConnection connection = opening.open();
    ObjectNode welcome;
    try (Answers answers =
        connection.ask(RpcMessage.request("steward-0", "initialize", params), List.of(), call)) {
      welcome = Responses.result(answers, _ -> {});
    }
    connection.tell(RpcMessage.notification("notifications/initialized"), call);
    return new Kept(connection, welcome, new long[] {System.nanoTime()});
  }

  private void sweep(List<Kept> over) {
    Iterator<Kept> oldest = sessions.values().iterator();
    while (oldest.hasNext()) {
      Kept each = oldest.next();
      boolean idle = System.nanoTime() - each.usedNanos()[0] > IDLE_MAX.toNanos();
      if (!idle && sessions.size() < SESSIONS_MAX) {
        return;
      }
      over.add(each);
      oldest.remove();
    }
  }

  private static void close(List<Kept> over) {
    for (Kept each : over) {
      Thread.ofVirtual().name("mcp-goodbye").start(each.connection()::close);
    }
  }

  @Override
  public void close() {
    List<Kept> all;
    synchronized (sessions) {
      all = List.copyOf(sessions.values());
      sessions.clear();
    }
    for (Kept each : all) {
      each.connection().close();
    }
  }
}
