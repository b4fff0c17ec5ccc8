// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Request;
import dev.steward.server.access.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One request on its way through a route.
public final class Exchange {
  private static final long FORM_BYTES_MAX = 1 << 20;

  private final ServerRequest request;
  private final Map<String, String> pathParameters;
  private final long bodyLimit;
  private final UnaryOperator<InputStream> pace;
  private @Nullable Caller caller;
  private byte @Nullable [] body;

  /// @param pace wraps the body's stream, to watch how it comes
  public Exchange(
      ServerRequest request,
      Map<String, String> pathParameters,
      long bodyLimit,
      UnaryOperator<InputStream> pace) {
    this.pace = pace;
    this.request = request;
    this.pathParameters = Map.copyOf(pathParameters);
    this.bodyLimit = bodyLimit;
  }

  /// Upper case.
  public String method() {
    return request.prologue().method().text();
  }

  /// Decoded, without the query.
  public String path() {
    return request.path().path();
  }

  /// A part of the path that the route's pattern names.
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route names no {" + name + "}");
    }
    return value;
  }

  /// @throws ApiException MALFORMED when the address holds a zero byte, which no name has and which
  ///   ends a text early wherever C reads it
  public void requireText() {
    boolean queried = !request.query().isEmpty();
    if (path().indexOf('\0') >= 0
        || (queried
            && request.query().toMap().values().stream()
                .anyMatch(all -> all.stream().anyMatch(v -> v.indexOf('\0') >= 0)))) {
      throw new ApiException(ErrorCode.MALFORMED, "The address holds a zero byte (%00).");
    }
  }

  /// Every parameter of the address; of a repeated one the last counts.
  public Map<String, String> query() {
    Map<String, String> values = new HashMap<>();
    request.query().toMap().forEach((name, all) -> values.put(name, all.getLast()));
    return values;
  }

  /// One parameter of the address, empty where it is absent or blank.
  public Optional<String> query(String name) {
    if (!request.query().contains(name)) {
      return Optional.empty();
    }
    return Optional.of(request.query().all(name).getLast()).filter(v -> !v.isBlank());
  }

  /// All values of a repeated parameter.
  public List<String> queryAll(String name) {
    return request.query().contains(name) ? request.query().all(name) : List.of();
  }

  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  public Map<String, String> cookies() {
    Map<String, String> values = new HashMap<>();
    request.headers().cookies().toMap().forEach((name, all) -> values.put(name, all.getLast()));
    return values;
  }

  /// The request as it came, for who passes it on.
  public Request rawRequest(byte[] read) {
    List<Header> headers = new ArrayList<>();
    for (io.helidon.http.Header header : request.headers()) {
      for (String value : header.allValues()) {
        headers.add(new Header(header.name(), value));
      }
    }
    return new Request(
        method(), request.path().rawPath(), request.query().rawValue(), headers, read);
  }

  /// The address that the request came from.
  public String remoteAddress() {
    return request.remotePeer().address() instanceof InetSocketAddress inet
            && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : request.remotePeer().host();
  }

  public boolean secure() {
    return request.isSecure();
  }

  /// The media type without its parameters, lower case, "" when none was sent.
  public String contentType() {
    return header("Content-Type")
        .map(v -> v.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT))
        .orElse("");
  }

  /// The body, decompressed; bounded by the limit of its port.
  public byte[] body() {
    return body(bodyLimit);
  }

  /// The body, decompressed, within a limit of one's own. It is read once and kept.
  public byte[] body(long limit) {
    byte[] read = body;
    if (read == null) {
      read =
          request.content().hasEntity()
              ? BodyReader.read(
                  pace.apply(request.content().inputStream()),
                  header("Content-Encoding").orElse(""),
                  request.headers().contentLength().orElse(-1),
                  limit)
              : new byte[0];
      body = read;
    }
    return read;
  }

  /// The body as it comes, still encoded as its `Content-Encoding` says; empty where there is none.
  public Optional<InputStream> bodyStream() {
    return request.content().hasEntity()
        ? Optional.of(pace.apply(request.content().inputStream()))
        : Optional.empty();
  }

  /// Bytes of the body as it comes, -1 where it is not said.
  public long bodyLength() {
    return request.headers().contentLength().orElse(-1);
  }

  /// The fields of a posted form, empty when the body is none; of a repeated one the last counts.
  public Map<String, String> form() {
    if (!contentType().equals("application/x-www-form-urlencoded")) {
      return Map.of();
    }
    return Form.read(body(FORM_BYTES_MAX));
  }

  /// The body as the JSON of a record.
  public <T> T json(Class<T> type) {
    if (!contentType().equals("application/json")) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_TYPE,
          "Content-Type is '" + contentType() + "': send application/json.");
    }
    return Json.read(body(), type);
  }

  /// Who asks.
  ///
  /// @throws ApiException UNAUTHENTICATED when nobody has proven to be anyone
  public Caller caller() {
    if (caller == null) {
      throw new ApiException(
          ErrorCode.UNAUTHENTICATED,
          "This needs a token: send `Authorization: Bearer TOKEN`, or log in at /login.");
    }
    return caller;
  }

  public Optional<Caller> knownCaller() {
    return Optional.ofNullable(caller);
  }

  /// Says who it is that asks.
  public void identify(@Nullable Caller proven) {
    this.caller = proven;
  }
}
