// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.wire.Header;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which headers of a call and of its answer are passed on: all but those of one connection, those
/// that carry the caller's key or another address or method than was decided on, and our own. Names
/// are compared as servers read them that know no `-` in a name (CGI, WSGI).
public final class PassedHeaders {
  private static final String OURS = "x-steward-";

  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "content-length");

  private static final Set<String> OF_THE_CALLER =
      Set.of(
          "host",
          "expect",
          "accept-encoding",
          "authorization",
          "x-api-key",
          "x-goog-api-key",
          "api-key",
          "cookie",
          "traceparent",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-real-ip",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-url",
          "x-rewrite-url");

  /// What a host says of itself, which is not ours.
  private static final Set<String> OF_THE_ENDPOINT =
      Set.of("set-cookie", "strict-transport-security", "alt-svc", "public-key-pins");

  private PassedHeaders() {}

  public static List<Header> asked(List<Header> headers) {
    return without(headers, OF_THE_CALLER);
  }

  public static List<Header> answered(List<Header> headers) {
    return without(headers, OF_THE_ENDPOINT);
  }

  private static List<Header> without(List<Header> headers, Set<String> others) {
    List<Header> passed = new ArrayList<>();
    Set<String> named = named(headers);
    for (Header header : headers) {
      String name = plain(header.name());
      if (!OF_A_CONNECTION.contains(name)
          && !others.contains(name)
          && !named.contains(name)
          && !name.startsWith(OURS)) {
        passed.add(header);
      }
    }
    return passed;
  }

  /// Headers that `Connection` names are of that connection too.
  private static Set<String> named(List<Header> headers) {
    Set<String> named = new HashSet<>();
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("connection")) {
        for (String name : header.value().split(",", -1)) {
          named.add(plain(name.strip()));
        }
      }
    }
    return named;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
