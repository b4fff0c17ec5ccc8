// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.CallRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What models have said through this gateway to agents that a tool server has asked for an answer
/// of their model: an answer that was said here is a call that is counted already. It listens only
/// while somebody is asked.
public final class Overheard {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SAID_MAX = 64;
  private static final int CHARS_MAX = 1 << 20;

  private final Map<String, Listening> byAgent = new HashMap<>();

  private static final class Listening {
    private final Deque<String> said = new ArrayDeque<>();
    private int asked;
  }

  /// Begins to listen to the agent's models.
  public synchronized void begin(Caller caller) {
    byAgent.computeIfAbsent(key(caller), _ -> new Listening()).asked++;
  }

  /// Ends it; each beginning has one end.
  public synchronized void end(Caller caller) {
    Listening listening = byAgent.get(key(caller));
    if (listening != null && --listening.asked <= 0) {
      byAgent.remove(key(caller));
    }
  }

  /// Whether a model has said that text since the agent was asked.
  public synchronized boolean said(Caller caller, String text) {
    Listening listening = byAgent.get(key(caller));
    String written = JSON.writeValueAsString(text);
    return listening != null
        && !text.isEmpty()
        && listening.said.stream().anyMatch(messages -> messages.contains(written));
  }

  synchronized void learn(CallRecord call) {
    Caller caller = call.caller();
    Listening listening = caller == null ? null : byAgent.get(key(caller));
    if (listening != null && !call.told().isEmpty() && call.told().length() <= CHARS_MAX) {
      listening.said.addFirst(call.told());
      if (listening.said.size() > SAID_MAX) {
        listening.said.removeLast();
      }
    }
  }

  private static String key(Caller caller) {
    return caller.agent().name() + "\n" + caller.environment();
  }
}
