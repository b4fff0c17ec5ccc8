// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.Percent;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.wire.Dialect;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Request;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// From a client's request to the provider's: the address of the provider, its key in place of the
/// agent's, and every other header and byte as it came.
public final class OutgoingCall {
  /// Headers of one connection, and those that carry a caller's key.
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "proxy-connection",
          "expect",
          "content-length",
          "content-encoding",
          "accept-encoding",
          "authorization",
          "x-api-key",
          "x-goog-api-key",
          "api-key",
          "cookie",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto");

  private static final String ANTHROPIC_VERSION = "2023-06-01";

  private OutgoingCall() {}

  /// @param key of the provider, "" where it needs none
  public static UpstreamRequest of(
      Request request,
      Endpoint endpoint,
      Operation operation,
      ModelProvider provider,
      String model,
      byte[] body,
      String key) {
    boolean translated = operation != endpoint.operation();
    List<Header> headers = new ArrayList<>();
    if (translated && operation == Operation.MESSAGES) {
      headers.add(new Header("anthropic-version", ANTHROPIC_VERSION));
    }
    for (Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (translated && name.startsWith("anthropic-")) {
        continue;
      }
      if (!OURS.contains(name)
          && !name.equalsIgnoreCase(provider.reach().keyHeader())
          && !name.startsWith("x-steward-")
          && !name.startsWith("x-amz-")) {
        headers.add(header);
      }
    }
    // A compressed answer could not be read on its way.
    headers.add(new Header("Accept-Encoding", "identity"));
    boolean sign = operation.dialect() == Dialect.BEDROCK && AwsSigning.signs(key);
    if (!key.isEmpty() && !sign) {
      headers.add(credential(provider, key));
    }
    UpstreamRequest outgoing =
        new UpstreamRequest(
            provider,
            request.method(),
            uri(request, endpoint, operation, provider, model),
            headers,
            body);
    return sign ? AwsSigning.signed(outgoing, key) : outgoing;
  }

  private static Header credential(ModelProvider provider, String key) {
    String own = provider.reach().keyHeader();
    if (!own.isEmpty()) {
      boolean bearer = own.equalsIgnoreCase("authorization");
      return new Header(own, bearer ? "Bearer " + key : key);
    }
    return switch (Dialect.of(provider.dialect()).orElse(Dialect.OPENAI)) {
      case OPENAI -> azure(provider) ? new Header("api-key", key) : bearer(key);
      case ANTHROPIC -> new Header("x-api-key", key);
      case GEMINI -> new Header("x-goog-api-key", key);
      case BEDROCK -> bearer(key);
    };
  }

  private static Header bearer(String key) {
    return new Header("Authorization", "Bearer " + key);
  }

  private static boolean azure(ModelProvider provider) {
    if (!provider.url().contains(".azure.com")) {
      return false;
    }
    String host = URI.create(provider.url()).getHost();
    return host != null && host.endsWith(".azure.com");
  }

  private static String uri(
      Request request,
      Endpoint endpoint,
      Operation operation,
      ModelProvider provider,
      String model) {
    String base = provider.url();
    int mark = base.indexOf('?');
    String fixed = mark < 0 ? "" : base.substring(mark + 1);
    String address = mark < 0 ? base : base.substring(0, mark);
    String query = joined(fixed, withoutKey(request.query()));
    return (address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
        + path(request, endpoint, operation, model)
        + (query.isEmpty() ? "" : "?" + query);
  }

  /// An OpenAI base ends with the version; the others' do not.
  private static String path(
      Request request, Endpoint endpoint, Operation operation, String model) {
    if (operation != endpoint.operation()) {
      return operation == Operation.MESSAGES ? "/v1/messages" : "/chat/completions";
    }
    if (operation.dialect() == Dialect.OPENAI) {
      return request.path().substring("/v1".length());
    }
    if (endpoint.model().isEmpty()) {
      return request.path();
    }
    String asked = URLDecoder.decode(endpoint.model().replace("+", "%2B"), StandardCharsets.UTF_8);
    if (asked.equals(model)) {
      return request.path();
    }
    int from = request.path().lastIndexOf("/" + endpoint.model()) + 1;
    return request.path().substring(0, from)
        + Percent.encoded(model)
        + request.path().substring(from + endpoint.model().length());
  }

  private static String withoutKey(String query) {
    if (!query.startsWith("key=") && !query.contains("&key=")) {
      return query;
    }
    List<String> kept = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.startsWith("key=")) {
        kept.add(pair);
      }
    }
    return String.join("&", kept);
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "&" + second;
  }
}
