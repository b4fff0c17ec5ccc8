// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.upstream.UpstreamException.Cause;
import dev.steward.gateway.wire.Header;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Calls providers and tool servers over HTTP/1.1, with connections that are kept. One client
/// serves all whose connections are made alike.
public final class HttpUpstream implements Upstream {
  private final ConcurrentHashMap<Duration, HttpPeers> clients = new ConcurrentHashMap<>();

  @Override
  public UpstreamAnswer send(UpstreamRequest request) {
    ModelProvider provider = request.provider();
    return send(
        new Peer(
            "The model provider " + provider.name(),
            provider.url(),
            provider.reach().connect(),
            provider.reach().firstByte()),
        request.method(),
        request.uri(),
        request.headers(),
        request.body());
  }

  /// Somebody who is called.
  ///
  /// @param name as a sentence about it begins
  /// @param url as people know it, without a secret
  /// @param connect longest wait for a connection
  /// @param read longest wait for an answer to begin
  /// @param idle longest wait for the next bytes of an answer that has begun
  public record Peer(String name, String url, Duration connect, Duration read, Duration idle) {
    /// One that is waited for as long before an answer as within it.
    public Peer(String name, String url, Duration connect, Duration read) {
      this(name, url, connect, read, read);
    }
  }

  /// A body that is written while it comes.
  public interface Body {
    /// Bytes of it, -1 where it is not known before it ends.
    long length();

    void write(OutputStream to) throws IOException;
  }

  /// Sends a request to anybody; returns once status and headers of the answer are there.
  ///
  /// @param uri absolute and encoded
  /// @throws UpstreamException when there is no answer
  public UpstreamAnswer send(
      Peer peer, String method, String uri, List<Header> headers, byte[] body) {
    return send(
        peer,
        method,
        uri,
        headers,
        (call, _) -> body.length == 0 ? call.request() : call.submit(body));
  }

  /// Sends a request whose body may still be on its way.
  ///
  /// @param uri absolute and encoded
  /// @throws UpstreamException when there is no answer
  public UpstreamAnswer send(
      Peer peer, String method, String uri, List<Header> headers, Body body) {
    List<Header> all = new ArrayList<>(headers);
    if (body.length() >= 0) {
      all.add(new Header("Content-Length", Long.toString(body.length())));
    }
    return send(
        peer,
        method,
        uri,
        all,
        (call, connection) ->
            call.outputStream(out -> {
              body.write(new Flushed(out, connection.writer()));
              out.close();
            }));
  }

  /// What is flushed is sent: the client's own stream leaves it in the connection's buffer.
  private static final class Flushed extends FilterOutputStream {
    private final DataWriter connection;

    private Flushed(OutputStream out, DataWriter connection) {
      super(out);
      this.connection = connection;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      // An empty chunk would be the last one.
      if (length > 0) {
        out.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
      connection.flush();
    }
  }

  private UpstreamAnswer send(
      Peer peer,
      String method,
      String uri,
      List<Header> headers,
      BiFunction<Http1ClientRequest, ClientConnection, Http1ClientResponse> sending) {
    HttpPeers peers = clients.computeIfAbsent(peer.connect(), HttpPeers::new);
    KeptConnections.@Nullable Taken taken = null;
    try {
      KeptConnections connections = peers.of(uri);
      taken = connections.take();
      Http1ClientResponse response =
          sending.apply(
              call(peers.client(), peer, method, uri, headers, taken), taken.connection());
      // Without a body the connection may be another call's by now.
      if (!peer.idle().equals(peer.read()) && response.entity().hasEntity()) {
        taken.connection().readTimeout(peer.idle());
      }
      return answer(response);
    } catch (RuntimeException e) {
      throw failure(peer, e, taken);
    }
  }

  private static Http1ClientRequest call(
      Http1Client client,
      Peer peer,
      String method,
      String uri,
      List<Header> headers,
      KeptConnections.Taken taken) {
    Http1ClientRequest call =
        client
            .method(Method.create(method))
            .skipUriEncoding(true)
            .uri(uri)
            .connection(taken.connection())
            .readTimeout(peer.read())
            .header(HeaderValues.CONNECTION_KEEP_ALIVE);
    Map<HeaderName, List<String>> values = new LinkedHashMap<>();
    for (Header header : headers) {
      values
          .computeIfAbsent(HeaderNames.create(header.name()), _ -> new ArrayList<>())
          .add(header.value());
    }
    // One of a name takes the place of all before it.
    values.forEach((name, all) -> call.header(HeaderValues.create(name, all)));
    return call;
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

  private static UpstreamException failure(
      Peer peer, RuntimeException e, KeptConnections.@Nullable Taken taken) {
    Throwable reason = root(e);
    Cause cause =
        switch (reason) {
          case ConnectException _, UnknownHostException _, NoRouteToHostException _ ->
              Cause.UNREACHABLE;
          case SocketTimeoutException timeout when isConnect(timeout) -> Cause.UNREACHABLE;
          case SocketTimeoutException _ -> Cause.LATE;
          default -> Cause.BROKEN;
        };
    if (reason instanceof InterruptedException) {
      // Who waits for a connection that was watched waits for its watcher, which takes the
      // interrupt.
      Thread.currentThread().interrupt();
    }
    if (taken != null) {
      taken.connection().closeResource();
      if (cause == Cause.BROKEN && !Thread.currentThread().isInterrupted()) {
        taken.broke();
      }
    }
    String what =
        switch (cause) {
          case UNREACHABLE -> "cannot be reached at ";
          case BROKEN -> "broke the connection before it answered, at ";
          case LATE -> "did not begin to answer in time, at ";
        };
    return new UpstreamException(
        cause, peer.name() + " " + what + peer.url() + ": " + words(reason), e);
  }

  /// What happened, without the name of a class where there are words for it.
  private static String words(Throwable reason) {
    @Nullable String message = reason.getMessage();
    return reason instanceof ConnectException && message != null
        ? message.toLowerCase(java.util.Locale.ROOT)
        : reason.toString();
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
}
