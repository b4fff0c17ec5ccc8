// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.domain.LastUsed;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.upstream.HttpUpstream.Peer;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.upstream.UpstreamException;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The cards of agents as their own processes publish them, read anew once a minute.
public final class Cards {
  static final String PATH = "/.well-known/agent-card.json";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration READ_MAX = Duration.ofSeconds(15);
  private static final int BYTES_MAX = 1 << 20;
  private static final int KEPT_MAX = 1_000;
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;
  private static final int FAILED_FROM = 500;

  private final HttpUpstream http;
  private final InstantSource clock;
  private final Map<String, Read> kept = new LastUsed<>(KEPT_MAX);

  public Cards(HttpUpstream http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  private record Read(JsonNode card, Instant at) {}

  /// @throws RefusedException UPSTREAM_FAILED where the endpoint has none
  JsonNode of(Endpoint endpoint, String secret) {
    try {
      return read(endpoint, secret);
    } catch (UpstreamException e) {
      throw new RefusedException(
          Refusal.of(Refusal.Kind.UPSTREAM_FAILED, String.valueOf(e.getMessage())), e);
    }
  }

  private JsonNode read(Endpoint endpoint, String secret) {
    synchronized (kept) {
      Read read = kept.get(endpoint.url());
      if (read != null && read.at().plus(FRESH).isAfter(clock.instant())) {
        return read.card();
      }
    }
    JsonNode card = fetch(endpoint, secret);
    synchronized (kept) {
      kept.put(endpoint.url(), new Read(card, clock.instant()));
    }
    return card;
  }

  /// Where the interface of a binding is. Of the address in the card only the path counts: the
  /// process may not know where it is reached, and may not send our calls elsewhere.
  ///
  /// @throws RefusedException UPSTREAM_FAILED where the card names none of version 1.0
  /// @throws UpstreamException where the endpoint fails to show one
  String at(Endpoint endpoint, String secret, Binding binding) {
    for (JsonNode each : read(endpoint, secret).path("supportedInterfaces")) {
      if (speaks(each, binding)) {
        return origin(endpoint) + path(each.path("url").asString(""));
      }
    }
    throw failed(
        endpoint, "its agent card names no interface of A2A 1.0 for " + binding.word() + ".");
  }

  static boolean speaks(JsonNode declared, Binding binding) {
    return declared.path("protocolBinding").asString("").equals(binding.word())
        && declared.path("protocolVersion").asString("").startsWith("1.");
  }

  private static String path(String url) {
    try {
      String path = URI.create(url).getRawPath();
      return path == null ? "" : path.replaceAll("/+$", "");
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private static String origin(Endpoint endpoint) {
    URI uri = URI.create(endpoint.url());
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private JsonNode fetch(Endpoint endpoint, String secret) {
    String base = endpoint.url().replaceAll("/+$", "");
    List<String> places = new ArrayList<>(List.of(base + PATH));
    if (!base.equals(origin(endpoint))) {
      places.add(origin(endpoint) + PATH);
    }
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Accept", "application/json"));
    headers.add(new Header("Accept-Encoding", "identity"));
    if (!secret.isEmpty()) {
      headers.add(new Header("Authorization", "Bearer " + secret));
    }
    Duration call = endpoint.reach().call();
    Peer peer =
        new Peer(
            "The agent",
            endpoint.url(),
            endpoint.reach().connect(),
            call.compareTo(READ_MAX) < 0 ? call : READ_MAX);
    int status = NOT_FOUND;
    for (String place : places) {
      try (UpstreamAnswer answer = http.send(peer, "GET", place, headers, new byte[0])) {
        status = answer.status();
        if (status == OK) {
          return JSON.readTree(answer.body().readNBytes(BYTES_MAX));
        }
      } catch (JacksonException | IOException e) {
        throw failed(endpoint, String.valueOf(e.getMessage()));
      }
      if (status >= FAILED_FROM) {
        String why = "its agent card cannot be read: it answered " + status;
        throw new UpstreamException(
            UpstreamException.Cause.BROKEN,
            "The agent at " + endpoint.url() + " fails, " + why,
            new IOException(why));
      }
      if (status != NOT_FOUND) {
        break;
      }
    }
    throw failed(endpoint, "it answered " + status + ".");
  }

  private static RefusedException failed(Endpoint endpoint, String why) {
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.UPSTREAM_FAILED,
            "The agent card of " + endpoint.url() + " cannot be used: " + why));
  }
}
