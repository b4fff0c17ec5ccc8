// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.otlp.Accepted;
import dev.steward.trace.otlp.OtlpEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// OTLP over HTTP: protobuf and JSON, at the paths of the protocol and those that other vendors
/// have taught their users.
public final class OtlpHttp {
  private static final System.Logger LOG = System.getLogger(OtlpHttp.class.getName());
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final List<String> PREFIXES = List.of("", "/api/public/otel", "/otel");

  private final Receiver receiver;
  private final long limit;

  /// @param limit bytes of a request, after decompression
  public OtlpHttp(Receiver receiver, long limit) {
    this.receiver = receiver;
    this.limit = limit;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String prefix : PREFIXES) {
      routes.add(route(prefix + "/v1/traces", Signal.TRACES));
      routes.add(route(prefix + "/v1/logs", Signal.LOGS));
      routes.add(route(prefix + "/v1/metrics", Signal.METRICS));
    }
    return routes;
  }

  private Route route(String path, Signal signal) {
    return Route.plain("POST", path, Need.NOTHING, exchange -> export(exchange, signal));
  }

  private Reply export(Exchange exchange, Signal signal) {
    boolean json = exchange.contentType().equals(JSON);
    try {
      OtlpEncoding encoding = encoding(exchange.contentType());
      Accepted accepted =
          receiver.receive(
              signal,
              encoding,
              name -> exchange.header(name).orElse(null),
              () -> exchange.body(limit));
      return json
          ? Reply.bytes(JSON, ExportResponse.json(accepted))
          : Reply.bytes(PROTOBUF, ExportResponse.protobuf(accepted));
    } catch (ApiException e) {
      return refusal(e, json);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "OTLP/HTTP " + signal + " failed", e);
      return refusal(new ApiException(ErrorCode.INTERNAL, "The server failed; see its log."), json);
    }
  }

  private static OtlpEncoding encoding(String contentType) {
    return switch (contentType) {
      case PROTOBUF, "application/protobuf" -> OtlpEncoding.PROTOBUF;
      case JSON -> OtlpEncoding.JSON;
      default ->
          throw new ApiException(
              ErrorCode.UNSUPPORTED_TYPE,
              "Content-Type is '"
                  + contentType
                  + "': OTLP is sent as application/x-protobuf or application/json.");
    };
  }

  private Reply refusal(ApiException failure, boolean json) {
    byte[] body = json ? inJson(failure) : RpcStatus.of(failure).toByteArray();
    int status = failure.code().httpStatus();
    Reply.Whole reply = new Reply.Whole(status, json ? JSON : PROTOBUF, body, Map.of());
    if (status == 401) {
      return reply.with("WWW-Authenticate", "Bearer realm=\"steward\"");
    }
    return failure.code().retryable()
        ? reply.with("Retry-After", Long.toString(Math.max(1, receiver.retryAfter().toSeconds())))
        : reply;
  }

  private static byte[] inJson(ApiException failure) {
    ObjectNode status = JsonMapper.shared().createObjectNode();
    status.put("code", RpcStatus.of(failure).getCode());
    status.put("message", failure.getMessage());
    return status.toString().getBytes(StandardCharsets.UTF_8);
  }
}
