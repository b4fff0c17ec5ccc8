// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.domain.Digest;
import dev.steward.gateway.delegation.Chain.Link;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The chain that each agent acts in, as far as it is known: by the token that it shows, and by the
/// run and the trace that it was asked in. All of them bind, so a token frees nobody of what binds
/// the run that it is shown in, and only an agent that leaves all out is taken to act by itself.
/// What runs are asked for is kept before the agent is asked, so that it holds after a restart too.
public final class Chains {
  /// What is remembered; each takes about 300 bytes.
  public static final int REMEMBERED_MAX = 50_000;

  private final ChainTokens tokens;
  private final Diary diary;
  private final int max;
  private final Map<String, Chain> known = new LinkedHashMap<>(64, 0.75f, true);

  /// @param diary of what was remembered before
  /// @param max runs of agents that are remembered; those not heard of for the longest go first
  public Chains(ChainTokens tokens, Diary diary, int max) {
    this.tokens = tokens;
    this.diary = diary;
    this.max = max;
    for (String line : diary.read()) {
      // Of calls at once the line of the one may miss the other's.
      ChainLine.read(line).ifPresent(read -> known.merge(read.mark(), read.chain(), Chain::and));
    }
    forget();
  }

  /// On whose behalf the caller makes this call.
  ///
  /// @param token that it shows, "" for none
  /// @throws RefusedException DENIED where the token is not its own
  public Chain of(Caller caller, Place place, String token) {
    String agent = caller.agent().name();
    Chain shown = token.isEmpty() ? Chain.NONE : tokens.read(token, agent, caller.environment());
    return shown.and(of(agent, caller.environment(), place));
  }

  /// On whose behalf the agent acts in the run, as far as it was asked through us.
  public Chain of(String agent, String environment, String run) {
    synchronized (known) {
      return known.getOrDefault(mark(agent, environment, run), Chain.NONE);
    }
  }

  private Chain of(String agent, String environment, Place place) {
    return of(agent, environment, place.run()).and(of(agent, environment, place.traceId()));
  }

  /// Remembers that the agent is asked on behalf of the chain in the run, and gives the token by
  /// which it says so. Nothing is known before it is kept: a call that comes meanwhile keeps it
  /// itself, and one whose chain could not be kept is tried anew.
  ///
  /// @throws RefusedException UNRECORDED where it cannot be kept
  public String asked(Link agent, String environment, Place place, Chain chain) {
    Set<String> marks = new LinkedHashSet<>();
    for (String run : List.of(place.traceId(), place.run())) {
      marks.add(mark(agent.agent(), environment, run));
    }
    keep(grown(marks, chain));
    synchronized (known) {
      marks.forEach(mark -> known.merge(mark, chain, Chain::and));
      forget();
    }
    return tokens.of(chain, agent, environment);
  }

  /// The chains that are not kept yet.
  private List<String> grown(Set<String> marks, Chain chain) {
    List<String> lines = new ArrayList<>();
    synchronized (known) {
      for (String mark : marks) {
        Chain before = known.getOrDefault(mark, Chain.NONE);
        Chain now = before.and(chain);
        if (!now.equals(before)) {
          lines.add(new ChainLine(mark, now).text());
        }
      }
    }
    return lines;
  }

  private void forget() {
    while (known.size() > max) {
      known.remove(known.keySet().iterator().next());
    }
  }

  private void keep(List<String> lines) {
    try {
      if (!lines.isEmpty()) {
        diary.keep(lines);
      }
    } catch (IOException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.UNRECORDED,
              "On whose behalf the agent is asked cannot be kept, so it was not asked: "
                  + e.getMessage()
                  + ". Make room on the server's disk, or check the rights of its data folder."),
          e);
    }
  }

  private static String mark(String agent, String environment, String run) {
    return Digest.of(agent + "\n" + environment + "\n" + run).hex();
  }
}
