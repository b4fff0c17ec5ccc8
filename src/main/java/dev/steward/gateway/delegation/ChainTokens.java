// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.delegation.Chain.Link;
import dev.steward.gateway.signing.JwsKey;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tokens that say on whose behalf an agent acts: `sub` is the agent that began, `act` the one that
/// holds the token, and within it who handed the work on (RFC 8693, section 4.1).
public final class ChainTokens {
  /// The header that carries one.
  public static final String HEADER = "x-steward-delegation";

  private static final String TYPE = "steward-delegation+jwt";
  private static final Duration LIFE = Duration.ofHours(12);
  private static final int DEPTH_MAX = 64;
  private static final int LENGTH_MAX = 8 << 10;

  private final JwsKey key;
  private final InstantSource clock;

  public ChainTokens(JwsKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /// The token that comes with a request, "" for none. One that is longer than any of ours is told
  /// apart from none by being no token.
  public static String shown(Request head) {
    String token = head.header(HEADER).map(String::strip).orElse("");
    return token.length() <= LENGTH_MAX ? token : token.substring(0, LENGTH_MAX);
  }

  /// A token for an agent that is asked.
  ///
  /// @param chain on whose behalf it acts, never none
  String of(Chain chain, Link holder, String environment) {
    Instant now = clock.instant();
    ObjectNode claims = CanonicalJson.object();
    claims.put("iss", "steward");
    claims.put("aud", "steward");
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFE).getEpochSecond());
    claims.put("environment", environment);
    link(claims, chain.links().getFirst());
    ObjectNode act = claims.putObject("act");
    link(act, holder);
    for (Link before : chain.links().subList(1, chain.links().size()).reversed()) {
      act = act.putObject("act");
      link(act, before);
    }
    return key.token(key.header(TYPE), claims);
  }

  private static void link(ObjectNode claims, Link link) {
    claims.put("sub", link.agent());
    claims.put("agent_version", link.version());
  }

  /// The chain that a token gives the agent.
  ///
  /// @throws RefusedException DENIED where it is no token of this agent in this environment, or is
  ///   over
  Chain read(String token, String agent, String environment) {
    JsonNode claims =
        key.claims(token, TYPE).orElseThrow(() -> refused("was not signed by this server"));
    if (claims.path("exp").asLong(0) <= clock.instant().getEpochSecond()) {
      throw refused("is over");
    }
    if (!claims.path("act").path("sub").asString("").equals(agent)) {
      throw refused("is for another agent than " + agent);
    }
    if (!claims.path("environment").asString("").equals(environment)) {
      throw refused("is for another environment than " + environment);
    }
    List<Link> links = new ArrayList<>();
    JsonNode act = claims.path("act").path("act");
    while (act.isObject() && links.size() < DEPTH_MAX) {
      links.addFirst(link(act));
      act = act.path("act");
    }
    links.addFirst(link(claims));
    return new Chain(links);
  }

  private static Link link(JsonNode claims) {
    return new Link(claims.path("sub").asString(""), claims.path("agent_version").asString(""));
  }

  private static RefusedException refused(String why) {
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.DENIED,
            "The token in "
                + HEADER
                + " "
                + why
                + ": send the one that came with the request which this call is made for, or"
                + " none."));
  }
}
