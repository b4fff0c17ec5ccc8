// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.Gateway;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.Request;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpAnswer;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;

/// The paths of the model providers' dialects.
public final class ModelRoutes {
  private static final List<String> PATHS =
      List.of(
          "/v1/chat/completions",
          "/v1/responses",
          "/v1/embeddings",
          "/v1/messages",
          "/v1/messages/count_tokens",
          "/v1beta/models/{call...}",
          "/v1beta/interactions",
          "/v1/projects/{call...}",
          "/v1beta1/projects/{call...}",
          "/model/{call...}");

  private final Gateway gateway;
  private final long limit;

  /// @param limit bytes of a request, after decompression
  public ModelRoutes(Gateway gateway, long limit) {
    this.gateway = gateway;
    this.limit = limit;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String path : PATHS) {
      routes.add(Route.plain("POST", path, Need.NOTHING, this::call));
    }
    routes.add(Route.plain("GET", "/v1/models", Need.NOTHING, this::call));
    routes.add(Route.plain("GET", "/v1/models/{model...}", Need.NOTHING, this::call));
    return List.copyOf(routes);
  }

  private Reply call(Exchange exchange) {
    Request head = exchange.rawRequest(new byte[0]);
    Endpoint endpoint =
        Endpoint.of(head)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND,
                    "The model gateway has no " + head.path() + "; see docs/guide/gateway.md."));
    try {
      Request request = exchange.rawRequest(exchange.body(limit));
      return new Reply.Written(
          response -> gateway.answer(endpoint, request, new HttpAnswer(response)));
    } catch (ApiException e) {
      Refusal.Kind kind =
          e.code() == ErrorCode.TOO_LARGE ? Refusal.Kind.TOO_LARGE : Refusal.Kind.MALFORMED;
      Refusal refusal = Refusal.of(kind, String.valueOf(e.getMessage()));
      return new Reply.Written(
          response -> gateway.refuse(endpoint, head, refusal, new HttpAnswer(response)));
    }
  }
}
