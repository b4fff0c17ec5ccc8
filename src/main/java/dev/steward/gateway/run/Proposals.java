// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.turn.Turn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tool calls that models have proposed lately, so that each call of a tool can be brought
/// together with the model step that asked for it. It remembers so many for so many agents; what it
/// has forgotten is not attributed, and nothing worse.
final class Proposals {
  private static final int SCOPES_MAX = 4_096;
  private static final int PER_SCOPE_MAX = 512;
  private static final String BEFORE_NAME = "_./:-";

  private final Map<String, Deque<Proposal>> byScope = new LinkedHashMap<>(64, 0.75f, true);

  /// One call that a model asked for.
  private static final class Proposal {
    private final Turn.Call call;
    private final Place place;
    private final String spanId;
    private boolean used;

    private Proposal(Turn.Call call, Place place, String spanId) {
      this.call = call;
      this.place = place;
      this.spanId = spanId;
    }
  }

  /// Where the proposal of a call stands.
  record Match(Place place, Why why) {}

  /// Remembers what the model asks for in its answer.
  void learn(CallRecord call) {
    Caller caller = call.caller();
    Place place = call.place();
    if (caller == null || place == null || call.told().isEmpty()) {
      return;
    }
    for (Turn turn : call.turns()) {
      for (Turn.Call asked : turn.calls()) {
        add(scope(caller), new Proposal(asked, place, call.id()));
      }
    }
  }

  private synchronized void add(String scope, Proposal proposal) {
    Deque<Proposal> known = byScope.computeIfAbsent(scope, _ -> new ArrayDeque<>());
    known.addFirst(proposal);
    if (known.size() > PER_SCOPE_MAX) {
      known.removeLast();
    }
    Iterator<String> eldest = byScope.keySet().iterator();
    while (byScope.size() > SCOPES_MAX) {
      eldest.next();
      eldest.remove();
    }
  }

  /// The proposal of the call: the one with its id, else the newest with equal arguments, before
  /// one that was made use of. Null where none is known.
  ///
  /// @param run that the agent says it is in, "" where it says none
  /// @param callId that the agent says, "" where it says none
  /// @param arguments their fingerprint
  synchronized @Nullable Match find(
      Caller caller, String run, String callId, String tool, long arguments) {
    return best(caller, run, callId, tool, arguments, true);
  }

  /// The same, and it counts as not made use of.
  synchronized @Nullable Match peek(
      Caller caller, String run, String callId, String tool, long arguments) {
    return best(caller, run, callId, tool, arguments, false);
  }

  private @Nullable Match best(
      Caller caller, String run, String callId, String tool, long arguments, boolean use) {
    Proposal best = null;
    boolean bestById = false;
    for (Proposal proposal : byScope.getOrDefault(scope(caller), new ArrayDeque<>())) {
      boolean elsewhere =
          !run.isEmpty() && proposal.place.said() && !proposal.place.run().equals(run);
      if (elsewhere || !names(proposal.call.tool(), tool)) {
        continue;
      }
      boolean byId = !callId.isEmpty() && proposal.call.id().equals(callId);
      boolean fits = byId || proposal.call.arguments() == arguments;
      if (fits && better(proposal, byId, best, bestById)) {
        best = proposal;
        bestById = byId;
      }
    }
    if (best == null) {
      return null;
    }
    best.used |= use;
    Why.Found found = bestById ? Why.Found.CALL_ID : Why.Found.ARGUMENTS;
    return new Match(
        best.place, new Why(best.place.traceId(), best.spanId, found, callId(best.call)));
  }

  /// Where a dialect has no ids the tool's name stands for it.
  private static String callId(Turn.Call call) {
    return call.id().equals(call.tool()) ? "" : call.id();
  }

  private static boolean better(
      Proposal one, boolean byId, @Nullable Proposal best, boolean bestById) {
    return best == null || (byId && !bestById) || (byId == bestById && best.used && !one.used);
  }

  /// Whether a model that was told of the tool under some name with a prefix means it.
  private static boolean names(String proposed, String tool) {
    return proposed.equals(tool)
        || (proposed.endsWith(tool)
            && BEFORE_NAME.indexOf(proposed.charAt(proposed.length() - tool.length() - 1)) >= 0);
  }

  private static String scope(Caller caller) {
    return caller.agent().name() + "\n" + caller.environment();
  }
}
