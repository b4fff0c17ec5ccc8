// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.Gateway;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.Request;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
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
          response -> gateway.answer(endpoint, request, new HelidonAnswer(response)));
    } catch (ApiException e) {
      Refusal.Kind kind =
          e.code() == ErrorCode.TOO_LARGE ? Refusal.Kind.TOO_LARGE : Refusal.Kind.MALFORMED;
      Refusal refusal = Refusal.of(kind, String.valueOf(e.getMessage()));
      return new Reply.Written(
          response -> gateway.refuse(endpoint, head, refusal, new HelidonAnswer(response)));
    }
  }

  /// An answer that is written to Helidon's response.
  private record HelidonAnswer(ServerResponse response) implements Answer {
    @Override
    public OutputStream begin(int status, List<Header> headers, long length) throws IOException {
      head(status, headers);
      if (length >= 0) {
        response.contentLength(length);
      }
      return new ToClient(response.outputStream());
    }

    /// Head and body go out in one write.
    @Override
    public void whole(int status, List<Header> headers, byte[] body) throws IOException {
      head(status, headers);
      try {
        response.send(body);
      } catch (ServerConnectionException e) {
        throw new IOException("the client has left", e);
      }
    }

    private void head(int status, List<Header> headers) {
      response.status(Status.create(status));
      for (Header header : headers) {
        response
            .headers()
            .add(HeaderValues.create(HeaderNames.create(header.name()), header.value()));
      }
    }
  }

  /// The client's side of the connection, where one that has left shows as an `IOException`.
  private static final class ToClient extends OutputStream {
    private final OutputStream out;

    private ToClient(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (ServerConnectionException e) {
        throw new IOException("the client has left", e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (ServerConnectionException e) {
        throw new IOException("the client has left", e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (ServerConnectionException e) {
        throw new IOException("the client has left", e);
      }
    }
  }
}
