// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.api.WebClientConfig;
import io.helidon.webclient.http1.Http1Client;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// A client and, for each host that it calls, the connections that wait for their next call.
final class HttpPeers {
  private static final int CONNECTIONS_KEPT = 4096;
  private static final Tls NO_TLS = Tls.builder().enabled(false).build();

  private final LongSupplier nanos;
  private final WebClient settings;
  private final Http1Client client;
  private final ConcurrentHashMap<String, KeptConnections> hosts = new ConcurrentHashMap<>();

  /// @param connect longest wait for a connection
  HttpPeers(Duration connect) {
    this(connect, System::nanoTime);
  }

  HttpPeers(Duration connect, LongSupplier nanos) {
    this.nanos = nanos;
    settings =
        WebClient.builder()
            .socketOptions(o -> o.tcpNoDelay(true).connectTimeout(connect))
            .followRedirects(false)
            .sendExpectContinue(false)
            .build();
    client = settings.client(Http1Client.PROTOCOL);
  }

  Http1Client client() {
    return client;
  }

  /// @param uri absolute
  KeptConnections of(String uri) {
    String origin = origin(uri);
    KeptConnections known = hosts.get(origin);
    return known == null ? hosts.computeIfAbsent(origin, this::connections) : known;
  }

  /// Scheme, host and port as they stand in the address.
  private static String origin(String uri) {
    int from = uri.indexOf("://") + 3;
    int end = from;
    while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
      end++;
    }
    return uri.substring(0, end);
  }

  private KeptConnections connections(String origin) {
    URI uri = URI.create(origin);
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
    WebClientConfig config = settings.prototype();
    ConnectionKey key =
        ConnectionKey.create(
            secure ? "https" : "http",
            host(uri),
            port,
            secure ? config.tls() : NO_TLS,
            config.dnsResolver(),
            config.dnsAddressLookup(),
            config.proxy());
    return new KeptConnections(settings, key, CONNECTIONS_KEPT, nanos);
  }

  /// Names that are none by the rules, with an underscore in them, are used all the same.
  private static String host(URI uri) {
    if (uri.getHost() != null) {
      return uri.getHost();
    }
    String authority = uri.getAuthority();
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    return place.substring(0, (place + ":").indexOf(':'));
  }
}
