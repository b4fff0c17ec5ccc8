// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.domain.Digest;
import dev.steward.gateway.delegation.Chain.Link;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The chain that each agent acts in, as far as it is known: by the token that it shows, else by
/// the run that it was asked in. So an agent that shows no token keeps the chain with the run, and
/// only one that leaves both out is taken to act by itself.
public final class Chains {
  /// What is remembered; each takes about 300 bytes.
  public static final int REMEMBERED_MAX = 50_000;

  private final ChainTokens tokens;
  private final int max;
  private final Map<String, Chain> known = new LinkedHashMap<>(64, 0.75f, true);

  /// @param max runs of agents that are remembered; those not heard of for the longest go first
  public Chains(ChainTokens tokens, int max) {
    this.tokens = tokens;
    this.max = max;
  }

  /// On whose behalf the caller makes this call.
  ///
  /// @param token that it shows, "" for none
  /// @throws dev.steward.gateway.wire.RefusedException DENIED where the token is not its own
  public Chain of(Caller caller, Place place, String token) {
    String agent = caller.agent().name();
    return token.isEmpty()
        ? of(agent, caller.environment(), place)
        : tokens.read(token, agent, caller.environment());
  }

  /// On whose behalf the agent acts in the run, as far as it was asked through us.
  public Chain of(String agent, String environment, String run) {
    synchronized (known) {
      return known.getOrDefault(mark(agent, environment, run), Chain.NONE);
    }
  }

  private Chain of(String agent, String environment, Place place) {
    Chain byRun = of(agent, environment, place.run());
    return byRun.none() ? of(agent, environment, place.traceId()) : byRun;
  }

  /// Remembers that the agent is asked on behalf of the chain in the run, and gives the token by
  /// which it says so.
  public String asked(Link agent, String environment, Place place, Chain chain) {
    List<String> runs = new ArrayList<>(List.of(place.traceId()));
    if (!place.run().equals(place.traceId())) {
      runs.add(place.run());
    }
    synchronized (known) {
      for (String run : runs) {
        known.merge(mark(agent.agent(), environment, run), chain, Chain::and);
      }
      while (known.size() > max) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return tokens.of(chain, agent, environment);
  }

  private static String mark(String agent, String environment, String run) {
    return Digest.of(agent + "\n" + environment + "\n" + run).hex();
  }
}
