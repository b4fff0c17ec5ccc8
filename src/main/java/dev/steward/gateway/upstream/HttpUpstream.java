// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.upstream.UpstreamException.Cause;
import dev.steward.gateway.wire.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Calls providers over HTTP/1.1, with connections that are kept. One client serves all providers
/// whose connections are made alike.
public final class HttpUpstream implements Upstream {
  private static final int CONNECTIONS_KEPT = 4096;

  private final ConcurrentHashMap<java.time.Duration, Http1Client> clients =
      new ConcurrentHashMap<>();

  @Override
  public UpstreamAnswer send(UpstreamRequest request) {
    ModelProvider provider = request.provider();
    Http1ClientRequest call =
        clients
            .computeIfAbsent(provider.reach().connect(), HttpUpstream::client)
            .method(Method.create(request.method()))
            .skipUriEncoding(true)
            .uri(request.uri())
            .readTimeout(provider.reach().firstByte());
    for (Header header : request.headers()) {
      call.header(HeaderValues.create(HeaderNames.create(header.name()), header.value()));
    }
    try {
      Http1ClientResponse response =
          request.body().length == 0 ? call.request() : call.submit(request.body());
      return answer(response);
    } catch (RuntimeException e) {
      throw failure(provider, e);
    }
  }

  private static UpstreamAnswer answer(Http1ClientResponse response) {
    List<Header> headers = new ArrayList<>();
    for (io.helidon.http.Header header : response.headers()) {
      for (String value : header.allValues()) {
        headers.add(new Header(header.name(), value));
      }
    }
    long length = response.headers().contentLength().orElse(-1);
    return new UpstreamAnswer(
        response.status().code(), headers, length, response.inputStream(), response::close);
  }

  private static UpstreamException failure(ModelProvider provider, RuntimeException e) {
    Throwable reason = root(e);
    Cause cause =
        switch (reason) {
          case ConnectException _, UnknownHostException _, NoRouteToHostException _ ->
              Cause.UNREACHABLE;
          case SocketTimeoutException timeout when isConnect(timeout) -> Cause.UNREACHABLE;
          case SocketTimeoutException _ -> Cause.LATE;
          default -> Cause.BROKEN;
        };
    String what =
        switch (cause) {
          case UNREACHABLE -> "cannot be reached at ";
          case BROKEN -> "broke the connection before it answered, at ";
          case LATE -> "did not begin to answer in time, at ";
        };
    return new UpstreamException(
        cause,
        "The model provider " + provider.name() + " " + what + provider.url() + ": " + reason,
        e);
  }

  private static boolean isConnect(SocketTimeoutException e) {
    @Nullable String message = e.getMessage();
    return message != null && message.toLowerCase(java.util.Locale.ROOT).contains("connect");
  }

  private static Throwable root(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at;
  }

  private static Http1Client client(java.time.Duration connect) {
    return Http1Client.builder()
        .connectionCacheSize(CONNECTIONS_KEPT)
        .socketOptions(o -> o.tcpNoDelay(true).connectTimeout(connect))
        .followRedirects(false)
        .sendExpectContinue(false)
        .build();
  }
}
