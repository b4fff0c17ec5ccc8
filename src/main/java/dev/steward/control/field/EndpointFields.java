// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.domain.resource.AgentVersion.Endpoint.Reach;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads where a version's code answers calls, `code.endpoint`, and who answers when it fails,
/// `orchestration.fallback`.
public final class EndpointFields {
  private static final String CODE = "code";
  private static final String ENDPOINT = "endpoint";
  private static final String FALLBACK = "fallback";
  private static final String CONCURRENCY = "concurrency";
  private static final int CONCURRENCY_MAX = 100_000;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private EndpointFields() {}

  /// The endpoint, empty where none is declared. What was stored before endpoints were known may
  /// hold something else of that name, which is none.
  public static Optional<Endpoint> endpoint(Fields version) {
    return read(version.json(CODE).map(code -> code.path(ENDPOINT)));
  }

  /// The endpoint of a data source, empty where none is declared.
  public static Optional<Endpoint> of(Fields data) {
    return read(data.json(ENDPOINT));
  }

  private static Optional<Endpoint> read(Optional<JsonNode> declared) {
    JsonNode endpoint = declared.filter(JsonNode::isObject).orElse(null);
    if (endpoint == null || !callable(endpoint.path("url").asString(""))) {
      return Optional.empty();
    }
    return Optional.of(
        new Endpoint(
            endpoint.path("url").asString(""),
            endpoint.path("secret").asString(""),
            reach(endpoint)));
  }

  private static Reach reach(JsonNode endpoint) {
    Reach usual = Reach.USUAL;
    int concurrency = endpoint.path(CONCURRENCY).asInt(usual.concurrency());
    return new Reach(
        concurrency >= 1 && concurrency <= CONCURRENCY_MAX ? concurrency : usual.concurrency(),
        Durations.of(endpoint.path("connect").asString("")).orElse(usual.connect()),
        Durations.of(endpoint.path("call").asString("")).orElse(usual.call()),
        Durations.of(endpoint.path("idle").asString("")).orElse(usual.idle()));
  }

  /// "" where none is declared.
  public static String fallback(Fields version) {
    return version
        .json("orchestration")
        .map(orchestration -> orchestration.path(FALLBACK).asString(""))
        .orElse("");
  }

  /// @param version as it is being applied
  public static void check(Fields version) {
    if (version.isObject(CODE)) {
      version.object(CODE).filter(code -> code.has(ENDPOINT)).ifPresent(EndpointFields::checkOwn);
    }
    if (version.isObject("orchestration")) {
      version
          .object("orchestration")
          .filter(orchestration -> orchestration.has(FALLBACK))
          .ifPresent(orchestration -> checkFallback(orchestration, endpoint(version)));
    }
  }

  /// @param owner code, or one data source, as it is being applied
  public static void checkOwn(Fields owner) {
    Optional<Fields> endpoint = owner.has(ENDPOINT) ? owner.object(ENDPOINT) : Optional.empty();
    if (endpoint.isEmpty()) {
      return;
    }
    Fields fields = endpoint.get();
    String url = Addresses.read(fields, "url", SCHEMES);
    if (url.isEmpty()) {
      fields.flaw("url", "is missing; write where it answers over HTTP");
    } else if (!url.startsWith("http://") && !url.startsWith("https://")) {
      // Addresses has said it.
      fields.text("url");
    } else if (url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
      fields.flaw("url", "has a query or fragment; the rest of each call's path stands behind it");
    } else if (!callable(url)) {
      fields.flaw("url", "names no host");
    }
    Names.reference(fields, "secret", false);
    Within.read(fields, CONCURRENCY, Reach.USUAL.concurrency(), CONCURRENCY_MAX);
    Durations.read(fields, "connect", Reach.USUAL.connect());
    Durations.read(fields, "call", Reach.USUAL.call());
    Durations.read(fields, "idle", Reach.USUAL.idle());
    fields.close();
  }

  private static void checkFallback(Fields orchestration, Optional<Endpoint> endpoint) {
    Names.reference(orchestration, FALLBACK, false);
    if (endpoint.isEmpty()) {
      orchestration.flaw(
          FALLBACK, "stands without code.endpoint; it answers calls that the endpoint does not");
    }
  }

  private static boolean callable(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && uri.getRawAuthority() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
