// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.domain.Digest;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Asked;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What models have said through this gateway to agents that a tool server has asked for an answer
/// of their model: an answer that was said here is a call that is counted already. It listens only
/// while somebody is asked, and each call of a model counts for one answer.
public final class Overheard {
  private static final int SAID_MAX = 64;
  private static final int CHARS_MAX = 1 << 20;

  private final Map<String, Listening> byAgent = new HashMap<>();

  private static final class Listening {
    private final Deque<Said> said = new ArrayDeque<>();
    private int asked;
  }

  /// What a model said in one call.
  ///
  /// @param ownRun whether the call began a run that nobody named: nothing says what it belongs to
  ///   but what was asked
  /// @param asked digest of the last words that it was asked
  /// @param answers digests of what it said, in one way or several
  private record Said(
      Instant startedAt, String run, boolean ownRun, Digest asked, Set<Digest> answers) {}

  /// Begins to listen to the agent's models.
  ///
  /// @param run of the question
  /// @param words that it ends with
  public synchronized Ear begin(Caller caller, String run, String words, Instant askedAt) {
    byAgent.computeIfAbsent(key(caller), _ -> new Listening()).asked++;
    return new Ear(key(caller), run, Words.digest(words), askedAt);
  }

  /// Waits for what models say of one question.
  public final class Ear implements AutoCloseable {
    private final String agent;
    private final String run;
    private final Digest asked;
    private final Instant askedAt;
    private boolean closed;

    private Ear(String agent, String run, Digest asked, Instant askedAt) {
      this.agent = agent;
      this.run = run;
      this.asked = asked;
      this.askedAt = askedAt;
    }

    /// Whether a model has said exactly that since, in a call of the same run, or in one of no
    /// known run that asked the same. That call counts for no other answer then.
    public boolean said(String text) {
      synchronized (Overheard.this) {
        Listening listening = byAgent.get(agent);
        if (listening == null || text.isBlank()) {
          return false;
        }
        Digest answer = Words.digest(text);
        Iterator<Said> each = listening.said.iterator();
        while (each.hasNext()) {
          Said said = each.next();
          if (said.answers.contains(answer) && fits(said)) {
            each.remove();
            return true;
          }
        }
        return false;
      }
    }

    private boolean fits(Said said) {
      boolean sameQuestion = said.ownRun && said.asked.equals(asked);
      return !said.startedAt.isBefore(askedAt) && (said.run.equals(run) || sameQuestion);
    }

    @Override
    public void close() {
      synchronized (Overheard.this) {
        Listening listening = byAgent.get(agent);
        if (!closed && listening != null && --listening.asked <= 0) {
          byAgent.remove(agent);
        }
        closed = true;
      }
    }
  }

  void learn(CallRecord call) {
    Caller caller = call.caller();
    Place place = call.place();
    if (caller == null || place == null || !listens(caller)) {
      return;
    }
    if (!call.told().isEmpty() && call.told().length() <= CHARS_MAX) {
      Said said =
          new Said(
              call.startedAt(),
              place.run(),
              !place.said() && place.begins() != null,
              Words.digest(question(call.asked())),
              Words.answers(call.operation(), call.told()));
      keep(caller, said);
    }
  }

  private synchronized boolean listens(Caller caller) {
    return byAgent.containsKey(key(caller));
  }

  private synchronized void keep(Caller caller, Said said) {
    Listening listening = byAgent.get(key(caller));
    if (listening != null) {
      listening.said.addLast(said);
      if (listening.said.size() > SAID_MAX) {
        listening.said.removeFirst();
      }
    }
  }

  private static String question(@Nullable Asked asked) {
    return asked == null ? "" : Words.last(asked.messages().orElse(""));
  }

  private static String key(Caller caller) {
    return caller.agent().name() + "\n" + caller.environment();
  }
}
